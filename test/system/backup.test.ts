import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Books, UncertainReleases } from "../../protocol/admin.ts";
import type { DocumentView } from "../../protocol/kiosk.ts";
import { makeTextPdf } from "../documents/make-pdf.ts";
import { runProgram } from "../labs/program.ts";
import { logIn } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { heldJobs } from "./held-jobs.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { balanceOf, oneRelease } from "./one-release.ts";
import { fault, paper } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import { moveTo, startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

/**
 * Backup while people print, then another machine with an empty folder: restore, and go on. What was held
 * is held, what was paid stays paid once, and what may have been printed in between is printed again by
 * nobody but the person who chose it.
 */
const program = fileURLToPath(new URL("../../guichet.ts", import.meta.url));
const open = closing();
const copies = mkdtempSync(join(tmpdir(), "guichet-copies-"));
const passphrase = join(copies, "passphrase");
let site: TestSite;
let kiosk: KioskClient;

beforeAll(async () => {
  writeFileSync(passphrase, "correct horse battery staple\n");
  site = open.add(
    await startSite({ simulator: { pagesPerMinute: 3000 }, site: { idleSeconds: 3600 } }),
  );
  kiosk = open.add(kioskClient(site.ports.bridge));
});
afterAll(async () => {
  await open.all();
  rmSync(copies, { recursive: true, force: true });
});

const guichet = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  runProgram(process.execPath, [program, ...args], { env });
const backupTo = (path: string) =>
  guichet(site.env, "backup", path, "--passphrase-file", passphrase);
const restoreInto = (folder: string, path: string, ...more: string[]) =>
  guichet(
    { ...site.env, GUICHET_DATA: folder },
    "restore",
    path,
    "--passphrase-file",
    passphrase,
    ...more,
  );
const documents = (): DocumentView[] => kiosk.view()?.session?.documents ?? [];

test("backup, a new machine, restore, go on: nothing is missing, and nothing is printed twice by itself", async () => {
  // Long documents and short ones: some are files of the spool, some lie in the database.
  await oneRelease({ site, kiosk, pdf: makeTextPdf({ pages: 2 }) });
  const paid = await balanceOf(site);
  const kept = await printDocument(site, { user: "alice", pdf: padded(3), title: "kept" });
  const printedSince = await printDocument(site, {
    user: "alice",
    pdf: makeTextPdf({ pages: 5 }),
    title: "printed since",
  });
  const underWay = await printDocument(site, {
    user: "alice",
    pdf: makeTextPdf({ pages: 11 }),
    title: "under way",
  });
  await logIn(site, kiosk);
  const all = [kept, printedSince, underWay];
  const view = await kiosk.until("three documents", ({ session }) =>
    all.every(({ uuid }) =>
      session?.documents.some(({ jobId, state }) => jobId === uuid && state === "ready"),
    ),
  );
  const device = view.devices[0]?.id ?? "";
  await fault(site, "paper-out", { after: 4 });
  await kiosk.press({ kind: "print", jobIds: [underWay.uuid], device });
  await kiosk.until("a device without paper", ({ devices }) =>
    devices.some(({ problems }) => problems.includes("out-of-paper")),
  );

  // The backup falls into the middle of a release; what happens after it is lost with the machine.
  const path = join(copies, "site.backup");
  const said = await backupTo(path);
  expect(said).toContain("while it runs");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await expect(backupTo(path)).rejects.toThrow(/not overwritten/);
  await fault(site, "paper-out", undefined, "DELETE");
  await kiosk.until("a device with paper", ({ devices }) =>
    devices.every(({ state }) => state !== "blocked"),
  );
  expect(await kiosk.press({ kind: "print", jobIds: [printedSince.uuid], device })).toBe(
    "accepted",
  );
  await waitFor("all of the paper", async () => (await paper(site)).length === 2 + 11 + 5, 60_000);
  await waitFor("all of the money", async () => (await openReservations()) === 0);
  expect(paid - (await balanceOf(site))).toBeCloseTo(16 * 0.05);

  await moveTo(site, join(site.folder, "other-machine"), (folder) => restoreInto(folder, path));
  await kiosk.until("the screen of the new machine", ({ session }) => session === null, 60_000);
  const uncertain = await waitFor(
    "the release that was under way",
    async () => {
      const { releases } = await site.admin.get("/api/admin/uncertain", UncertainReleases);
      return releases.length === 1 && releases[0];
    },
    60_000,
  );
  expect(uncertain).toMatchObject({ person: "alice", why: "restored", wanted: 11 });
  expect(await balanceOf(site)).toBe(paid);
  await logIn(site, kiosk);
  await kiosk.until(
    "the documents of the backup",
    ({ session }) => session?.documents.length === 3,
  );
  const states = documents().map(({ title, state, maybePrinted }) => [title, state, maybePrinted]);
  expect(states.toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
    ["kept", "ready", true],
    ["printed since", "ready", true],
    ["under way", "uncertain", undefined],
  ]);
  // Nothing was printed by the restored machine.
  expect((await paper(site)).length).toBe(18);

  // What a person chooses is printed, and paid once; what a person decides is charged once.
  expect(await kiosk.press({ kind: "print", jobIds: [kept.uuid], device })).toBe("accepted");
  await waitFor("the kept document", async () => (await paper(site)).length === 21, 60_000);
  await guichet(site.env, "uncertain", uncertain.releaseId, "printed");
  await waitFor("its charge", async () => {
    const fallen = paid - (await balanceOf(site));
    return Math.abs(fallen - 14 * 0.05) < 1e-9 && (await openReservations()) === 0;
  });
  expect((await site.admin.get("/api/admin/books", Books)).sum).toBe(0);
  const held = await heldJobs(site);
  await kiosk.press({ kind: "delete", jobIds: [printedSince.uuid] });
  await kiosk.until("an empty list", ({ session }) => session?.documents.length === 0);
  // It can still be undone until she leaves.
  await kiosk.press({ kind: "log-out" });
  await waitFor("the document to be deleted", async () => (await heldJobs(site)) === held - 1);
}, 240_000);

test("a server put back alone is told again what it lost, and charges it once", async () => {
  const path = join(copies, "server.backup");
  await backupTo(path);
  const before = await balanceOf(site);
  await oneRelease({ site, kiosk, pdf: makeTextPdf({ pages: 4 }) });
  await site.roles.server.stop();
  rmSync(join(site.dataDir(), "server"), { recursive: true });
  await restoreInto(site.dataDir(), path, "--only", "server");
  await site.roles.server.start();
  await waitFor(
    "the charge of before",
    async () => (before - (await balanceOf(site))).toFixed(2) === "0.20",
    60_000,
  );
  expect((await site.admin.get("/api/admin/books", Books)).sum).toBe(0);
});

test("a provider put back alone hears from the bridge what was printed since", async () => {
  const { uuid } = await printDocument(site, { user: "alice", pdf: padded(2), title: "once" });
  await logIn(site, kiosk);
  await kiosk.until("the document", () => documents().some(({ state }) => state === "ready"));
  const path = join(copies, "provider.backup");
  await backupTo(path);
  const device = kiosk.view()?.devices[0]?.id ?? "";
  const closed = new Promise<void>((resolve) => {
    site.roles.bridge.onLog(
      ({ event, what, jobId }) =>
        event === "release-step" && what === "closed" && jobId === uuid && resolve(),
    );
  });
  expect(await kiosk.press({ kind: "print", jobIds: [uuid], device })).toBe("accepted");
  await closed;
  await site.roles.provider.stop();
  rmSync(join(site.dataDir(), "provider"), { recursive: true });
  await restoreInto(site.dataDir(), path, "--only", "provider");
  const ended = new Promise((resolve) => {
    site.roles.bridge.onLog(({ event, taken }) => event === "ends-told" && resolve(taken));
  });
  await site.roles.provider.start(await site.codeFor("provider"));
  expect(await ended).toBe(1);
  await logIn(site, kiosk);
  await kiosk.until("nothing to print twice", ({ session }) => session?.documents.length === 0);
});

test("a bridge put back alone sends nothing again, and what it forgot is paid as the server heard it", async () => {
  const before = await balanceOf(site);
  const printed = () => paper(site).then((sides) => sides.length);
  const path = join(copies, "bridge.backup");
  await backupTo(path);
  await oneRelease({ site, kiosk, pdf: makeTextPdf({ pages: 2 }) });
  const sides = await printed();
  await site.roles.bridge.stop();
  rmSync(join(site.dataDir(), "bridge"), { recursive: true });
  await restoreInto(site.dataDir(), path, "--only", "bridge");
  await site.roles.bridge.start(await site.codeFor("bridge"));
  await kiosk.until("the idle screen", ({ session }) => session === null);
  const after = await oneRelease({ site, kiosk, pdf: makeTextPdf({ pages: 3 }) });
  expect(after.outcome.kind).toBe("printed");
  expect(await printed()).toBe(sides + 3);
  expect((before - (await balanceOf(site))).toFixed(2)).toBe("0.25");
  expect(await openReservations()).toBe(0);
});

test("a backup is locked to a key that lies elsewhere, and only that key's pair does", async () => {
  const pair = generateKeyPairSync("x25519", {
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const file = (name: string) => join(copies, name);
  writeFileSync(file("public.pem"), pair.publicKey);
  writeFileSync(file("private.pem"), pair.privateKey);
  const locked = (key: string) => guichet(site.env, "backup", file("to-key.backup"), "--to", key);
  await expect(locked(file("private.pem"))).rejects.toThrow("is not the public key");
  await expect(locked(passphrase)).rejects.toThrow("is not the public key");
  await locked(file("public.pem"));
  const opened = (key: string) =>
    guichet(
      { ...site.env, GUICHET_DATA: file("opened") },
      ...["restore", file("to-key.backup"), "--key", key],
    );
  await expect(opened(file("public.pem"))).rejects.toThrow("is not the private key");
  expect(await opened(file("private.pem"))).toContain("bridge, provider, server");
});

test("a backup that is damaged, or opened with another passphrase, restores nothing", async () => {
  const path = join(copies, "whole.backup");
  await backupTo(path);
  const bytes = readFileSync(path);
  expect(bytes.includes("PRIVATE KEY")).toBe(false);
  const target = join(copies, "nowhere");
  for (const [name, damaged] of [
    ["changed", withBit(bytes, bytes.length - 5_000)],
    ["cut", bytes.subarray(0, bytes.length - 40)],
    ["none", Buffer.from("guichet")],
  ] as const) {
    writeFileSync(join(copies, name), damaged);
    await expect(restoreInto(target, join(copies, name)), name).rejects.toThrow(/damaged|not a/);
  }
  writeFileSync(passphrase, "another passphrase");
  await expect(restoreInto(target, path)).rejects.toThrow(/locked with another/);
  for (const role of ["server", "provider", "bridge", ".restoring"])
    expect(existsSync(join(target, role)), role).toBe(false);
});

async function openReservations(): Promise<number> {
  return (await site.admin.get("/api/admin/books", Books)).openReservations;
}

/** A document that is too long for the database, with a comment that no reader minds. */
function padded(pages: number): Uint8Array {
  return Buffer.concat([makeTextPdf({ pages }), Buffer.alloc(100_000, "%\n")]);
}

function withBit(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}
