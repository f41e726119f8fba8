import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { getuid } from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createIppClient } from "../../ipp/client/client.ts";
import { documentOf } from "../../ipp/client/document.ts";
import { printJob } from "../../ipp/client/submit.ts";
import { SOCKET_PATH } from "../../protocol/kiosk-page.ts";
import { makeTextPdf } from "../documents/make-pdf.ts";
import { logIn, logOut } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { heldJobs } from "./held-jobs.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { tapBadge } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

/**
 * What one machine or person can do to all others: a clear refusal, bounded memory, and nothing lost.
 * Packed documents that unpack to huge ones are in print-provider/intake/uploads.test.ts.
 */
const jobsOfOne = process.env.GUICHET_SOAK === "1" ? 10_000 : 520;
const jobsAllowed = 500;
const open = closing();
let site: TestSite;
let kiosk: KioskClient;

beforeAll(async () => {
  site = open.add(await startSite({ site: { idleSeconds: 3600 } }));
  kiosk = open.add(kioskClient(site.ports.bridge));
});
afterAll(() => open.all());

/** Sends a document as a client does; gives the queue's sentence where it is refused. */
async function send(options: { user: string; title?: string; pdf?: Uint8Array }) {
  const client = createIppClient({
    uri: `ipp://127.0.0.1:${site.ports.provider}/printers/find-me`,
    userName: options.user,
  });
  try {
    const outcome = await printJob(client, {
      jobName: options.title ?? "a document",
      documentFormat: "application/pdf",
      document: documentOf(options.pdf ?? makeTextPdf({ pages: 1 })),
      template: [],
    });
    return outcome.ok ? undefined : outcome.message;
  } finally {
    client.close();
  }
}

const isWell = async (port: number) =>
  (await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(5_000) })).ok;

function slowly(port: number, head: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(head);
      resolve(socket);
    });
    socket.on("error", reject);
  });
}

test("three hundred connections that never end their request keep nobody else from being served", async () => {
  const sockets: Socket[] = [];
  const { server, provider, bridge } = site.ports;
  for (const port of [server, provider, bridge])
    for (let n = 0; n < 100; n += 1)
      sockets.push(
        await slowly(
          port,
          n % 2 === 0
            ? "POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nX-"
            : "POST /printers/find-me HTTP/1.1\r\nHost: 127.0.0.1:1\r\nContent-Type: application/ipp\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n",
        ),
      );
  for (const port of [server, provider, bridge]) expect(await isWell(port)).toBe(true);
  expect(await send({ user: "alice" })).toBeUndefined();
  await logIn(site, kiosk);
  await kiosk.until("Alice's document", ({ session }) => session?.documents.length === 1);
  for (const socket of sockets) {
    socket.on("error", () => undefined);
    socket.destroy();
  }
  await kiosk.press({ kind: "delete", jobIds: idsShown() });
  await logOut(kiosk);
});

test("screens that say nothing are few, and let go of", async () => {
  const tried = await Promise.all(
    Array.from(
      { length: 60 },
      () =>
        new Promise<"opened" | number>((resolve) => {
          const socket = new WebSocket(
            `ws://127.0.0.1:${site.ports.bridge}/t/lobby${SOCKET_PATH}`,
            {
              origin: `http://127.0.0.1:${site.ports.bridge}`,
            },
          );
          let wasOpen = false;
          socket.on("open", () => {
            wasOpen = true;
          });
          socket.on("unexpected-response", (_request, answer) => resolve(answer.statusCode ?? 0));
          socket.on("error", () => undefined);
          // None of those that were let in is still there after the time to say hello.
          socket.on("close", () => wasOpen && resolve("opened"));
        }),
    ),
  );
  expect(tried.filter((it) => it === "opened").length).toBeLessThanOrEqual(8);
  expect(tried.filter((it) => it !== "opened").every((it) => it === 503)).toBe(true);
  await tapBadge(site.ports.reader, "66CF4DC2");
  // It stays open: the same badge again, so soon, would be taken for one that lies on the reader.
  await kiosk.until("a session all the same", ({ session }) => session !== null);
});

test("names made to do harm are only names", async () => {
  const titles = [
    "../../../etc/passwd",
    "..\\..\\windows\\system32",
    "__proto__",
    "constructor",
    "<img src=x onerror=alert(1)>",
    "a\u0000b\u001b[2Jc\r\nd",
    "\u202egpj.exe\u2066",
    "'; DROP TABLE job; --",
    "{{7*7}} $(reboot)",
    "x".repeat(10_000),
  ];
  const refused: (string | undefined)[] = [];
  const from = new Date().toISOString();
  for (const title of titles)
    refused.push(
      await send({ user: "alice", title }).catch((error: Error) => `cut: ${error.message}`),
    );
  // A name of IPP has at most 255 bytes (RFC 8011, 5.1.3): what is longer is not sent, or not taken.
  expect(refused.slice(0, -1)).toEqual(refused.slice(0, -1).map(() => undefined));
  for (const user of ["__proto__", "../alice", "a\u0000b", "alice\r\nX-Admin: yes", "\u202eecila"])
    await send({ user }).catch(() => undefined);
  await logIn(site, kiosk);
  const taken = refused.filter((sentence) => sentence === undefined).length;
  const view = await kiosk.until(
    "every document",
    ({ session }) =>
      session?.documents.filter(
        ({ state, submittedAt }) => state === "ready" && submittedAt >= from,
      ).length === taken,
    60_000,
  );
  const shown = view.session?.documents.map(({ title }) => title) ?? [];
  expect(shown).toContain("../../../etc/passwd");
  expect(shown).toContain("__proto__");
  // Nothing steers a terminal, breaks a line, or turns the rest of one around.
  for (const title of shown) expect(title).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  const hers = idsShown();
  const held = await heldJobs(site);
  await kiosk.press({ kind: "delete", jobIds: hers });
  await kiosk.until("an empty list", ({ session }) => session?.documents.length === 0);
  // While it can still be undone they are held, and count among hers.
  await logOut(kiosk);
  await waitFor(
    "the documents to be deleted",
    async () => (await heldJobs(site)) === held - hers.length,
  );
  for (const port of [site.ports.server, site.ports.provider, site.ports.bridge])
    expect(await isWell(port)).toBe(true);
});

test(`${jobsOfOne} jobs from one person: ${jobsAllowed} are held, the rest refused in words, and others print`, async () => {
  const said = new Map<string, number>();
  for (let from = 0; from < jobsOfOne; from += 20)
    for (const sentence of await Promise.all(
      Array.from({ length: 20 }, () => send({ user: "alice" })),
    ))
      said.set(sentence ?? "held", (said.get(sentence ?? "held") ?? 0) + 1);
  // What was sent in the same moment may pass the count together.
  expect(said.get("held")).toBeGreaterThanOrEqual(jobsAllowed);
  expect(said.get("held")).toBeLessThan(jobsAllowed + 20);
  const [sentence] = [...said.keys()].filter((it) => it !== "held");
  expect(sentence).toMatch(/500 jobs of yours wait/);
  expect(await send({ user: "bob" })).toBeUndefined();
  await logIn(site, kiosk);
  const view = await kiosk.until("her list", ({ session }) => (session?.documents.length ?? 0) > 0);
  expect(view.session?.documents.length).toBeLessThanOrEqual(500);
}, 900_000);

const isRoot = getuid?.() === 0 && process.platform === "linux";
if (!isRoot)
  console.log("A nearly full disk is not tried here: only root may mount the small one it needs.");
if (isRoot)
  test("a nearly full disk refuses new documents in time, and keeps those that it took", async () => {
    await logOut(kiosk);
    await site.roles.provider.stop();
    const folder = join(site.dataDir(), "provider");
    const aside = join(site.folder, "aside");
    mkdirSync(aside);
    execFileSync("cp", ["-a", `${folder}/.`, aside]);
    // 512 MiB are kept free: beside what it has, there is room for some 12 MiB.
    const [used] = execFileSync("du", ["-sk", folder], { encoding: "utf8" }).split("\t");
    const size = `size=${524 * 1024 + Number(used)}k,mode=0700`;
    execFileSync("mount", ["-t", "tmpfs", "-o", size, "guichet-test", folder]);
    try {
      execFileSync("cp", ["-a", `${aside}/.`, folder]);
      await site.roles.provider.start();
      const pdf = Buffer.concat([makeTextPdf({ pages: 1 }), Buffer.alloc(3_000_000, "%\n")]);
      const title = "Of three megabytes";
      const kept: string[] = [];
      const print = () => printDocument(site, { user: "bob", title, pdf });
      let refusal = "";
      for (let n = 0; n < 20 && refusal === ""; n += 1)
        await print().then(
          ({ uuid }) => kept.push(uuid),
          (error: Error) => {
            refusal = error.message;
          },
        );
      expect(kept.length).toBeGreaterThanOrEqual(2);
      expect(refusal).toMatch(/no room|disk/i);
      await waitFor("the health to say it", async () => {
        const reply = await fetch(`http://127.0.0.1:${site.ports.provider}/healthz`);
        return ((await reply.json()) as { accepting: boolean }).accepting === false;
      });
      await logIn(site, kiosk, "bob");
      const view = await kiosk.until(
        "what was taken before",
        ({ session }) =>
          session?.documents.filter((it) => it.title === title && it.state === "ready").length ===
          kept.length,
        60_000,
      );
      const shown = view.session?.documents.filter((it) => it.title === title) ?? [];
      expect(new Set(shown.map(({ jobId }) => jobId))).toEqual(new Set(kept));
      await kiosk.press({ kind: "delete", jobIds: kept });
      // It can be undone until he leaves.
      await logOut(kiosk);
      await waitFor("room again", () => print().then(Boolean, () => false), 60_000);
    } finally {
      await site.roles.provider.kill();
      execFileSync("umount", ["-l", folder]);
    }
  });

function idsShown(): string[] {
  return kiosk.view()?.session?.documents.map(({ jobId }) => jobId) ?? [];
}
