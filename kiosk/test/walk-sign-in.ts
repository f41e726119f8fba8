import { describe, expect, it } from "vitest";
import { id, terminal, typing, withSession } from "./views.ts";
import { alert, answer, bridge, button, heading, idle, said, tab } from "./walk.ts";

const field = (name: string) => tab.getByLabel(name, { exact: true });
const key = (name: string) => tab.getByRole("button", { name, exact: true });

/** Somebody types who they are, as a bridge and a person would cause each step. */
export function walkSignIn(): void {
  describe("signing in by typing", () => {
    it("is offered on the first screen only where it is open", async () => {
      await idle();
      expect(await button("Sign in without a card").count()).toBe(0);
      bridge.show(terminal({ signInWays: ["card", "name-password"] }));
      await button("Sign in without a card").click();
      expect(await answer("accepted")).toEqual({ kind: "sign-in-start", way: "name-password" });
      bridge.show(typing("password"));
      await heading("Name and password");
    });

    it("takes a name and a password by the keys on the screen, and by those of a keyboard", async () => {
      await idle();
      bridge.show(typing("password"));
      await heading("Name and password");
      for (const letter of ["a", "l"]) await key(letter).click();
      await tab.keyboard.type("ice");
      expect(await field("Name").inputValue()).toBe("alice");
      await key("Next").click();
      await key("Capitals").click();
      await key("S").click();
      await key("123, digits and symbols").click();
      await key("5").click();
      await key("!").click();
      await key("Erase").click();
      expect(await field("Password").inputValue()).toBe("S5");
      expect(await field("Password").getAttribute("type")).toBe("password");
      await tab.keyboard.press("Enter");
      const intent = await answer("accepted");
      expect(intent).toEqual({ kind: "sign-in", signInId: id("71"), name: "alice", secret: "S5" });
    });

    it("shows what was wrong, keeps the name and forgets the secret", async () => {
      await idle();
      bridge.show(typing("number"));
      await heading("Number and PIN");
      await field("Number").fill("4711");
      await field("PIN").fill("12x34");
      expect(await field("PIN").inputValue()).toBe("1234");
      await button("Sign in").click();
      await answer("accepted");
      bridge.show(typing("number", { checking: true }));
      await tab.getByText("One moment, we are checking.").waitFor();
      bridge.show(typing("number", { problem: "wrong" }));
      await alert("Number or PIN is not right.");
      expect(await field("Number").inputValue()).toBe("4711");
      expect(await field("PIN").inputValue()).toBe("");
      bridge.show(typing("number", { problem: "slow-down", waitMs: 5_000 }));
      await alert("Please wait 5 seconds, then try again.");
      await tab.clock.runFor(2_000);
      await alert("Please wait 3 seconds, then try again.");
    });

    it("leaves no trace of a secret in what the machines tell", async () => {
      await tab.addInitScript(() => {
        const told: string[] = [];
        const others = globalThis.guichetInspect;
        globalThis.guichetInspect = (event) => {
          others?.(event);
          const seen = new WeakSet();
          const { event: what, snapshot } = event as { event?: unknown; snapshot?: unknown };
          told.push(
            JSON.stringify([what, snapshot], (_, value: unknown) => {
              if (typeof value !== "object" || value === null) return value;
              if (seen.has(value)) return undefined;
              seen.add(value);
              return value;
            }),
          );
          Reflect.set(globalThis, "told", told);
        };
      });
      await idle();
      bridge.show(typing("pin"));
      await heading("Type your PIN");
      await tab.keyboard.type("918273");
      await tab.keyboard.press("Enter");
      expect(await answer("accepted")).toMatchObject({ secret: "918273" });
      const told = JSON.stringify(await tab.evaluate(() => Reflect.get(globalThis, "told")));
      expect(told).toContain("sign-in");
      expect(told).not.toContain("918273");
      expect(await tab.content()).not.toContain("918273");
    });

    it("says a press again until it is answered, under the same id", async () => {
      await idle();
      bridge.show(typing("pin"));
      await heading("Type your PIN");
      await tab.keyboard.type("4711");
      await button("Sign in").click();
      const first = await said("sign-in");
      await tab.clock.runFor(6_000);
      expect(await said("sign-in")).toEqual(first);
    });

    it("can be given up, changed for another way, and tells the bridge that somebody types", async () => {
      await idle();
      bridge.show(typing("password"));
      await heading("Name and password");
      await button("Number and PIN").click();
      expect(await answer("accepted")).toEqual({ kind: "sign-in-start", way: "number-pin" });
      bridge.show(typing("number"));
      await heading("Number and PIN");
      await tab.clock.runFor(6_000);
      await tab.keyboard.press("1");
      expect(await answer("accepted")).toEqual({ kind: "sign-in-touch", signInId: id("71") });
      await tab.keyboard.press("Escape");
      expect(await answer("accepted")).toEqual({ kind: "sign-in-cancel", signInId: id("71") });
      bridge.show(terminal());
      await heading("Tap your badge");
    });

    it("comes after a tap whose card needs a PIN, or that nobody has, and leads to the documents", async () => {
      await idle();
      bridge.show(terminal({ identifying: true }));
      await heading("One moment");
      bridge.show(typing("link"));
      await heading("This badge is not known here");
      await button("With a code from the help desk").click();
      expect(await answer("accepted")).toEqual({
        kind: "sign-in-choose",
        signInId: id("71"),
        way: "code",
      });
      bridge.show(typing("link-code"));
      await heading("Type the help desk’s code");
      bridge.show(terminal({ identifying: true }));
      await heading("One moment");
      bridge.show(terminal({ refusal: "badge-blocked" }));
      await heading("This badge is blocked");
      bridge.show(typing("pin"));
      await heading("Type your PIN");
      bridge.show(withSession());
      await heading("Your documents");
    });
  });
}
