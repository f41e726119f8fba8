import { describe, expect, it } from "vitest";
import { id, terminal, withSession } from "./views.ts";
import { answer, box, bridge, button, documents, heading, idle, tab } from "./walk.ts";

/** The link, and the screen while nobody is at it, as a bridge and people would cause each step. */
export function walkBetweenPeople(): void {
  describe("the link to the bridge", () => {
    it("starts, is lost and comes back without a word while it is quick", async () => {
      await idle();
      bridge.unplug();
      await tab.getByText("Connecting again").waitFor();
      bridge.plug();
      await tab.clock.runFor(1_000);
      await tab.getByText("Connecting again").waitFor({ state: "detached" });
      await heading("Tap your badge");
    });

    it("says that the terminal is out of service when it stays away, and returns by itself", async () => {
      await idle();
      bridge.unplug();
      await tab.getByText("Connecting again").waitFor();
      await tab.clock.runFor(3_000);
      await heading("Out of service for a moment");
      bridge.plug();
      await tab.clock.runFor(10_000);
      await heading("Tap your badge");
    });

    it("says so too when it never came up", async () => {
      bridge.unplug();
      bridge.show(terminal());
      await tab.goto(bridge.url);
      await tab.clock.runFor(3_000);
      await heading("Out of service for a moment");
      bridge.plug();
      await tab.clock.runFor(10_000);
      await heading("Tap your badge");
    });

    it("is made anew when the browser cannot make a socket", async () => {
      await tab.addInitScript(() => {
        const Real = WebSocket;
        // The page's first script takes the first for a sign to leave it to the screen's own link.
        let toFail = 2;
        globalThis.WebSocket = class extends Real {
          constructor(address: string | URL) {
            if (toFail > 0) {
              toFail -= 1;
              throw new Error("No sockets are left.");
            }
            super(address);
          }
        };
      });
      bridge.show(terminal());
      await tab.goto(bridge.url);
      await heading("Out of service for a moment");
      await tab.clock.runFor(2_000);
      await heading("Tap your badge");
    });

    it("says a press again until the bridge answers", async () => {
      await documents();
      await button("Log out").click();
      const first = await bridge.nextIntent();
      await tab.clock.runFor(6_000);
      expect(await bridge.nextIntent()).toEqual(first);
    });

    it("loads the page anew when the bridge is of another build", async () => {
      await idle();
      const loaded = tab.waitForEvent("load");
      bridge.say({ type: "reload" });
      await loaded;
      await heading("Tap your badge");
      expect(bridge.hellos).toBe(2);
    });
  });

  describe("the screen between two people", () => {
    it("follows a badge that is looked up and not known, and the next one that is", async () => {
      await idle();
      bridge.show(terminal({ identifying: true }));
      await heading("One moment");
      bridge.show(terminal());
      await heading("Tap your badge");
      bridge.show(terminal({ refusal: "unknown-card" }));
      await heading("This badge is not known here");
      bridge.show(terminal());
      await heading("Tap your badge");
      bridge.show(terminal({ refusal: "disabled" }));
      await heading("Your account is switched off");
      bridge.show(terminal({ identifying: true }));
      await heading("One moment");
      bridge.show(withSession());
      await heading("Your documents");
      bridge.show(terminal());
      await heading("Tap your badge");
    });

    it("opens a session from wherever it stands", async () => {
      bridge.show(withSession());
      await tab.goto(bridge.url);
      await heading("Your documents");
      bridge.show(terminal({ refusal: "try-again" }));
      await heading("The badge was not read well");
      bridge.show(withSession());
      await heading("Your documents");
    });

    it("gives the next person a clean screen", async () => {
      await documents();
      await box("Boarding pass.pdf").check();
      bridge.show(withSession({ sessionId: id("52"), displayName: "Bob Example" }));
      await tab.getByText("Bob Example").waitFor();
      expect(await box("Boarding pass.pdf").isChecked()).toBe(false);
    });

    it("speaks the language that was touched, and forgets it after a minute", async () => {
      await idle();
      await button("Français").click();
      await heading("Présentez votre badge");
      await tab.clock.runFor(60_000);
      await tab.clock.runFor(10_000);
      await heading("Tap your badge");
    });

    it("has strong contrast where that was touched, also in the session that follows", async () => {
      await idle();
      await button("Strong contrast").click();
      await tab.locator("html.contrast").waitFor();
      bridge.show(withSession());
      await heading("Your documents");
      expect(await tab.locator("html.contrast").count()).toBe(1);
      bridge.show(terminal());
      await heading("Tap your badge");
      expect(await tab.locator("html.contrast").count()).toBe(0);
    });

    it("asks for another language within a session", async () => {
      await documents();
      await button("Français").click();
      await heading("Vos documents");
      expect(await answer("accepted")).toEqual({
        kind: "language",
        sessionId: id("51"),
        language: "fr",
      });
    });

    it("shows the session anew when its machine has failed", async () => {
      await documents();
      await tab.evaluate(() => {
        const real = crypto.getRandomValues.bind(crypto);
        crypto.getRandomValues = () => {
          crypto.getRandomValues = real;
          throw new Error("No randomness is left.");
        };
      });
      await button("Print all").click();
      await heading("Starting");
      await tab.clock.runFor(2_000);
      await heading("Your documents");
      await button("Print all").click();
      expect(await answer("accepted")).toMatchObject({ kind: "print" });
    });
  });
}
