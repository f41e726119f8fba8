import { describe, expect, it } from "vitest";
import { id, terminal, documents as walkedDocuments, withSession } from "./views.ts";
import { answer, box, bridge, button, documents, heading, idle, said, tab } from "./walk.ts";

/** What a person can set, look for and make easier, as a person and a bridge would cause each step. */
export function walkEase(): void {
  describe("how a document is printed", () => {
    const settings = (title: string) => button(`Settings for ${title}`);

    it("is set for one document, and its price follows at once", async () => {
      await documents();
      await settings("Thesis, chapter 3 with figures.pdf").click();
      await heading("How to print it");
      await button("Print").getByText("€3.12").waitFor();
      await button("One copy more").click();
      await button("Print").getByText("€6.24").waitFor();
      await tab.getByRole("radio", { name: "Grey" }).check();
      await tab.getByRole("radio", { name: "One-sided" }).check();
      await button("Print").getByText("€4.60").waitFor();
      await button("Back to my documents").click();
      await tab.getByText("€4.60").waitFor();
      await settings("Thesis, chapter 3 with figures.pdf").click();
      await button("Print").click();
      expect(await answer("accepted")).toEqual({
        kind: "print",
        sessionId: id("51"),
        jobIds: [id("a3")],
        device: "lobby-copier",
        settings: [
          { jobId: id("a3"), settings: { copies: 2, colourMode: "grey", sides: "one-sided" } },
        ],
      });
    });

    it("is closed when the document goes", async () => {
      await documents();
      await settings("Boarding pass.pdf").click();
      await heading("How to print it");
      bridge.show(withSession({ documents: walkedDocuments.slice(0, 3) }));
      await heading("Your documents");
    });

    it("can be left by logging out", async () => {
      await documents();
      await settings("Boarding pass.pdf").click();
      await button("Log out").click();
      await heading("Goodbye");
    });
  });

  describe("a document that is not here", () => {
    it("is looked for, as often as the person likes", async () => {
      await documents();
      await button("Is a document missing?").click();
      expect(await answer("accepted")).toEqual({ kind: "look-for-missing", sessionId: id("51") });
      await tab.getByText("We are asking what became of your other documents.").waitFor();
      const job = { title: "Plan.pdf", submittedAt: "2026-11-21T09:12:00.000Z" };
      const missing = {
        state: "known" as const,
        login: "alice",
        jobs: [{ ...job, because: "other-device" as const, places: "Plotter" }],
      };
      bridge.show(withSession({ missing }));
      await tab.getByText("It was sent to another printer: Plotter. Fetch it there.").waitFor();
      await button("Look again").click();
      expect(await answer("accepted")).toMatchObject({ kind: "look-for-missing" });
      await button("Back to my documents").click();
      await heading("Your documents");
      await button("Is a document missing?").click();
      await button("Log out").click();
      await heading("Goodbye");
    });
  });

  describe("what makes the screen easier", () => {
    it("is chosen by the person, and kept by the bridge", async () => {
      await documents();
      await button("Make the screen easier").click();
      await tab.getByRole("radio", { name: "10 times as long" }).click();
      const wish = { kind: "prefer", sessionId: id("51") };
      expect(await answer("accepted")).toEqual({ ...wish, time: 10 });
      await tab.getByRole("radio", { name: "Strong" }).click();
      expect((await said("prefer")).intent).toEqual({ ...wish, contrast: true });
      bridge.show(withSession({ contrast: true, time: 10 }));
      await tab.locator("html.contrast").waitFor();
      await button("Back to my documents").click();
      await heading("Your documents");
      await button("Make the screen easier").click();
      await button("Log out").click();
      await heading("Goodbye");
      bridge.show(terminal());
      await heading("Tap your badge");
      expect(await tab.locator("html.contrast").count()).toBe(0);
    });
  });

  describe("names at a terminal in a corridor", () => {
    it("show their first letters until the person touches them", async () => {
      await idle();
      bridge.show(withSession({}, { maskNames: true }));
      await heading("Your documents");
      expect(await tab.textContent("body")).not.toMatch(/Alice|Boarding/);
      await tab.getByRole("checkbox", { name: "B… p…", exact: true }).waitFor();
      await tab.getByRole("button", { name: /Show names/ }).click();
      await box("Boarding pass.pdf").waitFor();
      await tab.getByText("Alice Example").waitFor();
    });
  });
}
