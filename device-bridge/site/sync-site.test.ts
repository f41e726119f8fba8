import { afterEach, beforeEach, expect, it } from "vitest";
import type { Link } from "../../link/client.ts";
import type { BridgeSite } from "../../protocol/bridge-server.ts";
import { openDatabase } from "../../storage/open-database.ts";
import { newKey } from "../../storage/wrapped-key.ts";
import { journalMigrations } from "../journal/schema.ts";
import { createSiteCache } from "../journal/site-cache.ts";
import { lobby, site } from "../view/view.fixture.ts";
import { ownSite } from "./own-site.ts";
import { syncSite } from "./sync-site.ts";

const told = (revision: number): BridgeSite => ({ revision, site, providers: [], decisions: [] });

let sync: { close: () => Promise<void> } | undefined;
beforeEach(() => {
  sync = undefined;
});
afterEach(() => sync?.close());

/** Syncs with a server that gives these answers, until it has asked once more. */
async function follow(answers: (() => Promise<BridgeSite>)[]) {
  const asked: string[] = [];
  const seen: number[] = [];
  const reachable: boolean[] = [];
  const left = [...answers];
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const get = (path: string, _form: unknown, call: { signal?: AbortSignal } = {}) => {
    asked.push(path);
    const next = left.shift();
    if (next !== undefined) return next();
    resolve();
    return new Promise((_, reject) =>
      call.signal?.addEventListener("abort", () => reject(new Error("over"))),
    );
  };
  const never = () => Promise.reject(new Error("not asked in these tests"));
  const server: Link = {
    get: get as Link["get"],
    post: never,
    stream: never,
    close: () => undefined,
  };
  sync = syncSite({
    server,
    known: 4,
    random: () => 0,
    wait: () => Promise.resolve(),
    onSite: ({ revision }) => void seen.push(revision),
    onReachable: (is) => void reachable.push(is),
  });
  await over;
  return { asked, seen, reachable };
}

it("asks at once, then waits for what is newer", async () => {
  const answers = [4, 4, 5].map((revision) => () => Promise.resolve(told(revision)));
  const { asked, seen } = await follow(answers);
  expect(asked).toEqual([
    "/api/bridge/site",
    "/api/bridge/site?after=4",
    "/api/bridge/site?after=4",
    "/api/bridge/site?after=5",
  ]);
  expect(seen).toEqual([4, 5]);
});

it("takes the word of a server that was set back", async () => {
  const answers = [7, 2].map((revision) => () => Promise.resolve(told(revision)));
  expect((await follow(answers)).seen).toEqual([7, 2]);
});

it("says that the server is away, and goes on when it is back", async () => {
  const away = () => Promise.reject(new Error("away"));
  const { reachable, seen } = await follow([away, away, () => Promise.resolve(told(5))]);
  expect([reachable, seen]).toEqual([[false, false, true], [5]]);
});

const key = newKey();

it("starts from what the server last told, and forgets what it cannot read", () => {
  const db = openDatabase({ path: ":memory:", migrations: journalMigrations });
  const cache = createSiteCache(db, key);
  expect(cache.load()).toBeUndefined();
  cache.store(told(1));
  const credentials = { user: "guichet", password: "let me print" };
  const devices = [{ device: "mfp", key: "ab".repeat(32), credentials }];
  const readerKeys = [{ reader: "lobby/0", key: "8F1D2C3B4A59687706F5E4D3C2B1A0FF" }];
  cache.store({ ...told(2), devices, errands: [], readerKeys });
  expect(createSiteCache(db, key).load()).toEqual({ ...told(2), devices, readerKeys });
  const row = db.prepare<[], { told: string; sealed: Buffer }>("SELECT * FROM site").get();
  expect(`${row?.told}${row?.sealed.toString("latin1")}`).not.toContain("let me print");
  expect(JSON.stringify(row)).not.toContain("8F1D2C3B");
  expect(createSiteCache(db, newKey()).load()?.devices).toEqual([
    { device: "mfp", key: "ab".repeat(32) },
  ]);
  db.prepare("UPDATE site SET told = ?").run(JSON.stringify({ another: "form" }));
  expect(createSiteCache(db, key).load()).toBeUndefined();
  db.close();
});

it("keeps only its own devices and terminals", () => {
  const far = { id: "far", name: "Far", url: "ipp://192.0.2.9/ipp/print", bridge: "other" };
  const mixed = { ...lobby, devices: ["mfp", "far"] };
  const foreign = { ...lobby, id: "attic", bridge: "other" };
  const whole = { ...site, devices: [...site.devices, far], terminals: [mixed, foreign] };
  const own = ownSite({ ...told(1), site: whole }, "main");
  expect(own.devices.map(({ id }) => id)).toEqual(["mfp", "plotter"]);
  expect(own.terminals).toEqual([{ ...lobby, devices: ["mfp"] }]);
});
