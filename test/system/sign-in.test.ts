import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { tapBadge } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import { runGuichet } from "./run-guichet.ts";
import { startSite, type TestSite } from "./test-site.ts";

const tryMe = new Uint8Array(readFileSync(new URL("../../docs/try-me.pdf", import.meta.url)));
const open = closing();
let site: TestSite;
let kiosk: KioskClient;
const logged: string[] = [];

beforeAll(async () => {
  site = open.add(
    await startSite({
      site: { signIn: { ways: ["card", "card-pin", "number-pin", "name-password"] } },
    }),
  );
  kiosk = open.add(kioskClient(site.ports.bridge));
  for (const role of ["bridge", "provider", "server"] as const)
    site.roles[role].onLog((event) => logged.push(JSON.stringify(event)));
});
afterAll(() => open.all());

/** Runs `guichet user …` as the help desk does, with what it types. */
const user = (args: string[], typed = "") => runGuichet(site, ["user", ...args], typed);

const signInId = () => kiosk.view()?.signIn?.signInId ?? "";
const free = () =>
  kiosk.until("nobody", ({ session, signIn }) => session === null && signIn == null);
const logOut = async () => {
  await kiosk.press({ kind: "log-out" });
  await free();
};

test("name and password, number and PIN: the documents are there, and nothing typed is written down", async () => {
  expect((await user(["password", "alice"], "correct horse\n")).code).toBe(0);
  expect((await user(["pin", "alice"], "918273\n")).said).toContain("PIN, password");
  expect((await user(["pin", "alice"], "12\n")).said).toContain("4 to 16 digits");
  expect((await user(["change", "alice", "--number", "10023"])).said).toContain("10023");
  await printDocument(site, { user: "alice", pdf: tryMe, title: "Try me" });

  const view = await kiosk.until("a site", (seen) => seen.signInWays !== undefined);
  expect(view.signInWays).toContain("name-password");
  expect(await kiosk.press({ kind: "sign-in-start", way: "name-password" })).toBe("accepted");
  await kiosk.until("the fields", ({ signIn }) => signIn?.step === "password");
  const by = (secret: string) =>
    kiosk.press({ kind: "sign-in", signInId: signInId(), name: "Alice", secret });
  await by("incorrect horse");
  await kiosk.until("what is wrong", ({ signIn }) => signIn?.problem === "wrong");
  await by("correct horse");
  await kiosk.until("Alice's document", ({ session }) => session?.documents.length === 1);
  await logOut();

  await kiosk.press({ kind: "sign-in-start", way: "number-pin" });
  await kiosk.until("the fields", ({ signIn }) => signIn?.step === "number");
  await kiosk.press({ kind: "sign-in", signInId: signInId(), name: "10023", secret: "918273" });
  await kiosk.until("Alice", ({ session }) => session?.displayName === "Alice");
  await logOut();
  for (const secret of ["horse", "918273", "10023"])
    expect(logged.filter((line) => line.includes(secret))).toEqual([]);
});

test("card and PIN, of whoever has one; three wrong ones slow that person down, and nobody else", async () => {
  await tapBadge(site.ports.reader, "66CF4DC2");
  await kiosk.until("the PIN pad", ({ signIn }) => signIn?.step === "pin");
  const pin = async (secret: string) => {
    await kiosk.until("a pad to type on", ({ signIn }) => signIn?.checking === false);
    await kiosk.press({ kind: "sign-in", signInId: signInId(), secret });
  };
  for (const wrong of ["1111", "2222", "3333"]) {
    await pin(wrong);
    await kiosk.until("what is wrong", ({ signIn }) => signIn?.problem === "wrong");
  }
  await pin("918273");
  const slow = await kiosk.until("a wait", ({ signIn }) => signIn?.problem === "slow-down");
  expect(slow.signIn?.waitMs).toBeGreaterThan(1_000);
  await tapBadge(site.ports.reader, "946EBD28");
  await kiosk.until("Bob, who has no PIN", ({ session }) => session?.displayName === "Bob");
  await logOut();
});

test("an unknown card is linked by the help desk's code, blocked when it is lost, and lent until a day", async () => {
  const code = /^(\d{4} \d{4})$/m.exec((await user(["link-code", "bob"])).said)?.[1] ?? "";
  await tapBadge(site.ports.reader, "0BADCAFE");
  const refused = await kiosk.until("a choice", ({ signIn }) => signIn?.step === "link");
  expect(refused.refusal).toBe("unknown-card");
  await kiosk.press({ kind: "sign-in-choose", signInId: signInId(), way: "code" });
  await kiosk.until("the pad", ({ signIn }) => signIn?.step === "link-code");
  await kiosk.press({ kind: "sign-in", signInId: signInId(), secret: code });
  await kiosk.until("Bob", ({ session }) => session?.displayName === "Bob");

  // Lost: the session that it opened ends, and it opens none again.
  expect((await user(["badge", "bob", "block", "AFE"])).said).toMatch(/…AFE +blocked/);
  await free();
  await tapBadge(site.ports.reader, "0BADCAFE");
  await kiosk.until("why not", ({ refusal }) => refusal === "badge-blocked");
  expect((await user(["badge", "bob", "unblock", "AFE"])).said).toMatch(/…AFE +good/);
  expect((await user(["badge", "bob", "0BADCAFE", "--until", "2020-01-01"])).said).toMatch(
    /…AFE +expired until/,
  );
  await kiosk.until("nobody", ({ refusal }) => refusal === null);
  await tapBadge(site.ports.reader, "0BADCAFE");
  await kiosk.until("why not", ({ refusal }) => refusal === "badge-expired");
  const { said } = await user(["badge", "bob", "list"]);
  for (const what of ["given", "blocked", "unblocked", "until"])
    expect(said).toContain(`…AFE ${what}`);
});
