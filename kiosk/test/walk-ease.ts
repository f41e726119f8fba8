import { describe, expect, it } from "vitest";
import { id, terminal, documents as walkedDocuments, withSession } from "./views.ts";
import { alert, answer, box, bridge, button, documents, heading, idle, said, tab } from "./walk.ts";

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

  describe("a document of nobody known", () => {
    const waits = { state: "none", waitMs: 0 } as const;
    const open = async () => {
      await idle();
      bridge.show(withSession({ code: waits }));
      await button("I have a code").click();
      await heading("Type your document’s code");
    };
    const field = () => tab.getByRole("textbox", { name: "Code, 8 digits" });

    it("is got with its code, typed with keys or fingers", async () => {
      await open();
      await field().fill("4821 773");
      await button("0").click();
      // A press that trembles is one.
      await button("Get it").dblclick();
      const wrong = await said("take-by-code");
      expect(wrong.intent).toEqual({ kind: "take-by-code", sessionId: id("51"), code: "48217730" });
      bridge.say({ type: "answer", id: wrong.id, result: "accepted" });
      bridge.show(withSession({ code: { ...waits, state: "asking", pressId: wrong.id } }));
      await tab.getByText("One moment, we are looking for it.").waitFor();
      bridge.show(withSession({ code: { ...waits, state: "wrong", pressId: wrong.id } }));
      await alert("No document waits under this code.");
      await expect.poll(() => field().inputValue()).toBe("");

      await tab.keyboard.type("48217731");
      await tab.keyboard.press("Enter");
      const slow = await said("take-by-code");
      expect(slow.intent).toMatchObject({ code: "48217731" });
      bridge.say({ type: "answer", id: slow.id, result: "accepted" });
      const wait = { state: "slow-down", waitMs: 5_000, pressId: slow.id } as const;
      bridge.show(withSession({ code: wait }));
      await alert("Please wait 5 seconds, then try again.");
      await tab.keyboard.press("Enter");
      await tab.clock.runFor(5_100);
      await button("Get it").click();
      const right = await said("take-by-code");
      expect(right.id).not.toBe(slow.id);
      const taken = { state: "taken", waitMs: 0, pressId: right.id, jobId: id("a2") } as const;
      bridge.show(withSession({ code: taken }));
      await heading("Your documents");
      const chosen = walkedDocuments.find(({ jobId }) => jobId === id("a2"));
      expect(await box(chosen?.title ?? "").isChecked()).toBe(true);
      // What was got before does not end the next one.
      await button("I have a code").click();
      await heading("Type your document’s code");
    });

    it("need not be got after all, and is not where the bridge cannot", async () => {
      await open();
      await tab.keyboard.press("Escape");
      await heading("Your documents");
      await button("I have a code").click();
      await field().fill("12345678");
      await button("Get it").click();
      const { id: press } = await said("take-by-code");
      bridge.say({ type: "answer", id: press, result: "not-possible" });
      await heading("Your documents");
      expect(bridge.intents.map(({ intent }) => intent.kind)).not.toContain("log-out");
    });

    it("is no more where the site has such documents no more", async () => {
      await open();
      bridge.show(withSession());
      await heading("Your documents");
      expect(await button("I have a code").count()).toBe(0);
      await box("Boarding pass.pdf").check();
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
