import { describe, expect, it } from "vitest";
import {
  copier,
  ended,
  id,
  release,
  terminal,
  upstairs,
  documents as walkedDocuments,
  withSession,
} from "./views.ts";
import { alert, answer, box, bridge, button, documents, heading, idle, tab } from "./walk.ts";

/** A session from the list to log-out, as a person and a bridge would cause each step. */
export function walkSession(): void {
  describe("the documents", () => {
    it("are chosen one by one, all, and none", async () => {
      await documents();
      await box("Boarding pass.pdf").check();
      await box("Select all").check();
      expect(await tab.getByRole("checkbox", { checked: true }).count()).toBe(5);
      await box("Select all").uncheck();
      expect(await tab.getByRole("checkbox", { checked: true }).count()).toBe(0);
    });

    it("are printed at the device that was chosen", async () => {
      await idle();
      bridge.show(withSession({}, { devices: [copier, upstairs] }));
      await tab.getByRole("radio", { name: "Reading room printer" }).check();
      await box("Boarding pass.pdf").check();
      await button("Print").click();
      expect(await answer("accepted")).toEqual({
        kind: "print",
        sessionId: id("51"),
        jobIds: [id("a4")],
        device: "upstairs",
      });
    });

    it("are paid by the account that was chosen", async () => {
      await idle();
      const shared = [{ account: id("ac"), name: "Science\\Physics", available: 42_000 }];
      bridge.show(withSession({ paying: { shared } }));
      const payer = tab.getByRole("combobox", { name: "Pay from" });
      await payer.selectOption("Science\\Physics (€4.20)");
      const asked = { kind: "pay-from", sessionId: id("51") };
      expect(await answer("accepted")).toEqual({ ...asked, account: id("ac") });
      bridge.show(withSession({ available: 42_000, paying: { shared, chosen: id("ac") } }));
      await payer.selectOption("My own account");
      expect(await answer("accepted")).toEqual({ ...asked, account: null });
    });

    it("are deleted at once, and come back when the person takes it back", async () => {
      await documents();
      await box("Boarding pass.pdf").check();
      await button("Delete").click();
      expect(await answer("accepted")).toEqual({
        kind: "delete",
        sessionId: id("51"),
        jobIds: [id("a4")],
      });
      const left = walkedDocuments.slice(0, 3);
      bridge.show(withSession({ documents: left, deletion: { count: 1, undoInMs: 8_000 } }));
      await tab.getByRole("status").getByText("1 document is deleted.").waitFor();
      await button("Undo").click();
      expect(await answer("accepted")).toEqual({ kind: "undo-delete", sessionId: id("51") });
      bridge.show(withSession());
      await box("Boarding pass.pdf").waitFor();
    });

    it("stay when deleting is not possible, or nobody answers", async () => {
      await documents();
      await box("Boarding pass.pdf").check();
      await button("Delete").click();
      await answer("not-possible");
      await alert("That could not be done. The list shows how things are now.");
      await button("Delete").click();
      await bridge.nextIntent();
      await tab.clock.runFor(15_000);
      await tab.clock.runFor(10_000);
      await alert("That took too long. Look at the list before you try again.");
    });

    it("that could not be deleted after all are told", async () => {
      await documents();
      bridge.show(withSession({ notDeleted: 1 }));
      await alert("1 document could not be deleted. It is in the list again.");
    });
  });

  describe("printing", () => {
    it("goes from the press over the pages to what was charged, and back to the list", async () => {
      await documents();
      await button("Print all").click();
      await heading("Printing");
      await answer("accepted");
      bridge.show(withSession({ releases: [release("a1", { impressions: 5 })] }));
      await tab.getByRole("status").getByText("5 of 12 pages").waitFor();
      const printed = ended("a1", { kind: "printed", impressions: 12, charged: 5400 });
      bridge.show(withSession({ releases: [printed] }));
      await heading("Your document is printed");
      bridge.show(withSession({ releases: [printed, release("a4", { wanted: 1 })] }));
      await heading("Printing");
      bridge.show(withSession({ releases: [printed] }));
      await heading("Your document is printed");
      await button("Back to my documents").click();
      await heading("Your documents");
    });

    it("shows what is printing already, and what ended, to whoever comes back to the page", async () => {
      await idle();
      bridge.show(withSession({ releases: [release("a1")] }));
      await heading("Printing");
      bridge.show(terminal());
      await heading("Tap your badge");
      const refused = ended("a1", { kind: "not-printed", reason: "device-refused" });
      bridge.show(withSession({ releases: [refused] }));
      await heading("Your document was not printed");
    });

    it("says at once when it ended before it began", async () => {
      await documents();
      await button("Print all").click();
      const poor = ended("a1", { kind: "not-printed", reason: "not-enough-credit" });
      bridge.show(withSession({ releases: [poor] }));
      await tab.getByText("Not enough credit. It stays in your list.").waitFor();
    });

    it("returns to the list when the server does not answer, or nobody does", async () => {
      await documents();
      await button("Print all").click();
      await answer("unreachable");
      await alert("The print server did not answer. Please try again in a moment.");
      await button("Print all").click();
      await heading("Printing");
      await tab.clock.runFor(15_000);
      await tab.clock.runFor(10_000);
      await alert("That took too long. Look at the list before you try again.");
    });

    it("is stopped once for every release, however often Stop is pressed", async () => {
      await documents();
      bridge.show(withSession({ releases: [release("a1"), release("a4")] }));
      await button("Stop").click();
      expect(await answer("accepted")).toMatchObject({ kind: "cancel", releaseId: id("ea1") });
      expect(await answer("accepted")).toMatchObject({ kind: "cancel", releaseId: id("ea4") });
      await button("Stop").click({ force: true });
      await tab.getByText("Stopping. Pages that already came out are charged.").waitFor();
      expect(bridge.intents.filter((said) => said.intent.kind === "cancel")).toHaveLength(2);
    });
  });

  describe("logging out", () => {
    const printed = ended("a1", { kind: "printed", impressions: 12, charged: 5400 });
    it.each([
      ["the documents", withSession()],
      ["printing", withSession({ releases: [release("a1")] })],
      ["the outcome", withSession({ releases: [printed] })],
    ])("works from %s", async (_, view) => {
      await idle();
      bridge.show(view);
      await button("Log out").click();
      await heading("Goodbye");
      expect(await answer("accepted")).toEqual({ kind: "log-out", sessionId: id("51") });
      bridge.show(terminal());
      await heading("Tap your badge");
    });

    it("returns to the list when it is not possible, or nobody answers", async () => {
      await documents();
      await button("Log out").click();
      await answer("not-possible");
      await alert("That could not be done. The list shows how things are now.");
      await button("Log out").click();
      await heading("Goodbye");
      await tab.clock.runFor(15_000);
      await tab.clock.runFor(10_000);
      await alert("That took too long. Look at the list before you try again.");
    });
  });

  describe("being there", () => {
    it("is told to the bridge by touches, a few seconds apart", async () => {
      await documents();
      await tab.clock.runFor(5_000);
      const pageTime = () => tab.evaluate(() => Date.now());
      const began = await pageTime();
      await box("Boarding pass.pdf").check();
      expect(await answer("accepted")).toEqual({ kind: "stay", sessionId: id("51") });
      await box("Boarding pass.pdf").uncheck();
      // On a slow machine the seconds may have passed between the two touches.
      const again = (await pageTime()) - began >= 5_000;
      expect(new Set(bridge.intents.map((one) => one.id)).size).toBe(again ? 2 : 1);
    });

    it("is asked before the bridge logs the person out, and one press is enough", async () => {
      await documents();
      bridge.show(withSession({ warning: true, logOutInMs: 20_000 }));
      await heading("Are you still there?");
      await tab.getByRole("timer").getByText("You are logged out in 20 seconds.").waitFor();
      await button("Yes, go on").click();
      expect(await answer("accepted")).toEqual({ kind: "stay", sessionId: id("51") });
      bridge.show(withSession());
      await heading("Your documents");
    });

    it("is understood from a touch anywhere, for whoever misses the button", async () => {
      await documents();
      bridge.show(withSession({ warning: true, logOutInMs: 20_000 }));
      await tab.getByRole("timer").click();
      expect(await answer("accepted")).toEqual({ kind: "stay", sessionId: id("51") });
    });
  });
}
