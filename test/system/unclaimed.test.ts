import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import { startCups, whyNoCupsd } from "../labs/cupsd.ts";
import { runProgram } from "../labs/program.ts";
import { logIn, logOut } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { sendRaw } from "./raw-client.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

const tryMe = fileURLToPath(new URL("../../docs/try-me.pdf", import.meta.url));
const document = new Uint8Array(readFileSync(tryMe));
const open = closing();
let site: TestSite;
let kiosk: KioskClient;
const logged: string[] = [];

beforeAll(async () => {
  site = open.add(
    await startSite({
      queues: { guests: { kind: "virtual", identity: ["address", "name"], unclaimed: true } },
    }),
  );
  for (const role of ["provider", "server", "bridge"] as const)
    site.roles[role].onLog((event) => logged.push(JSON.stringify(event)));
  kiosk = open.add(kioskClient(site.ports.bridge));
  await kiosk.until("the terminal", ({ devices }) => devices.length > 0);
});
afterAll(() => open.all());

const printer = () => `ipp://localhost:${site.ports.provider}/printers/guests`;

/** Sends it, and gives its code. */
async function sendAs(user: string, title: string): Promise<string> {
  const sent = await sendRaw({ printer: printer(), user, title, document });
  expect(sent.status).toBe("successful-ok");
  return codeIn(stringOf(sent.group(groupTag.job), "job-state-message"));
}

function codeIn(sentence: string | undefined): string {
  const [, first, second] = /type (\d{4}) (\d{4})\./.exec(sentence ?? "") ?? [];
  if (first === undefined || second === undefined) throw new Error(`No code in: ${sentence}`);
  return first + second;
}

const titles = (view: { session: { documents: { title: string }[] } | null }) =>
  view.session?.documents.map(({ title }) => title) ?? [];
const type = async (code: string) => {
  await kiosk.press({ kind: "take-by-code", code });
  const known = await kiosk.until("an answer", ({ session }) => {
    const { state = "asking" } = session?.code ?? {};
    return state !== "asking" && state !== "none";
  });
  return known.session?.code;
};

test("a job of nobody known is seen by nobody, until its owner types its code, and is printed then", async () => {
  const code = await sendAs("chronos", "From a Chromebook");
  await sendAs("nobody-here", "Of somebody else");
  await logIn(site, kiosk);
  const before = await kiosk.until("no list", ({ session }) => session?.code !== undefined);
  expect(titles(before)).toEqual([]);
  expect(await type(code)).toMatchObject({ state: "taken" });
  const view = await kiosk.until(
    "the document",
    ({ session }) => session?.documents.some(({ state }) => state === "ready") === true,
  );
  expect(titles(view)).toEqual(["From a Chromebook"]);
  const jobId = view.session?.documents[0]?.jobId ?? "";
  const device = view.devices[0]?.id ?? "";
  await kiosk.press({ kind: "print", jobIds: [jobId], device });
  await kiosk.until(
    "paper",
    ({ session }) => session?.releases.some(({ outcome }) => outcome?.kind === "printed") === true,
  );
  // Its code is over with it.
  expect(await type(code)).toMatchObject({ state: "wrong" });
  await logOut(kiosk);
  expect(logged.join("\n")).not.toContain(code);
});

test("wrong codes slow down who types them, and nobody else, also while the server is away", async () => {
  const code = await sendAs("visitor", "A poster");
  await logIn(site, kiosk);
  await site.roles.server.kill();
  // One was wrong before.
  for (const wrong of ["00000000", "11111111"]) expect((await type(wrong))?.state).toBe("wrong");
  const slow = await type(code);
  expect(slow?.state).toBe("slow-down");
  expect(slow?.waitMs).toBeGreaterThan(0);
  await waitFor("the right one", async () =>
    (await type(code))?.state === "taken" ? true : undefined,
  );
  const view = await kiosk.until("the document", (it) => titles(it).includes("A poster"));
  expect(view.server).toBe("unreachable");
});

test.skipIf(whyNoCupsd() !== undefined)("CUPS shows the code beside the job", async () => {
  const cups = open.add(await startCups());
  await cups.addQueue("guests", printer(), "raw");
  const args = ["-t", "From CUPS", "-o", "document-format=application/pdf"];
  await cups.lp("guests", tryMe, { user: "root", args });
  const list = async (which: string) =>
    runProgram("/usr/bin/lpstat", ["-h", `127.0.0.1:${cups.port}`, "-W", which, "-l", "-o"]);
  const shown = await waitFor("the code in the list of jobs", async () => {
    const told = await list("not-completed");
    return /type \d{4} \d{4}\./.test(told) ? told : undefined;
  });
  // It stays there until the job has its owner; then CUPS has no more to do with it.
  expect(await type(codeIn(shown))).toMatchObject({ state: "taken" });
  await waitFor("the job to have left", async () =>
    (await list("completed")).includes("guests-1") ? true : undefined,
  );
});
