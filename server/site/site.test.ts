import { beforeEach, describe, expect, it } from "vitest";
import type { Site } from "../../protocol/site.ts";
import { type Database, openDatabase } from "../../storage/open-database.ts";
import { smallSite } from "../books.fixture.ts";
import { serverMigrations } from "../migrations.ts";
import { createBell } from "./bell.ts";
import { currentPriceVersion, readSite } from "./read-site.ts";
import { bridgeRevision, siteRevision } from "./revision.ts";
import { upsertSite } from "./upsert-site.ts";

let db: Database;
beforeEach(() => {
  db = openDatabase({ path: ":memory:", migrations: serverMigrations });
  return () => {
    db.close();
  };
});

const withGrey = (grey: number): Site => ({
  ...smallSite,
  prices: { ...smallSite.prices, standard: { ...smallSite.prices.standard, grey } },
});
const sentenceOf = (site: Site): string => {
  const upserted = upsertSite(db, site);
  return upserted.kind === "faulty" ? upserted.sentence : "";
};

describe("a declared site", () => {
  it("grows its revision only when something differs, in whatever order it is written", () => {
    expect(readSite(db)).toBeUndefined();
    expect(upsertSite(db, smallSite)).toEqual({ kind: "changed" });
    expect(siteRevision(db)).toBe(1);
    const turned = Object.fromEntries(Object.entries(smallSite).reverse()) as Site;
    expect(upsertSite(db, turned)).toEqual({ kind: "unchanged" });
    expect(siteRevision(db)).toBe(1);
    const renamed = { ...smallSite, appearance: { ...smallSite.appearance, name: "Archive" } };
    expect(upsertSite(db, renamed)).toEqual({ kind: "changed" });
    expect(readSite(db)?.appearance.name).toBe("Archive");
    expect(bridgeRevision(db, "lobby-bridge")).toBe(2);
  });

  it("grows the version of its prices whenever a price differs, also back to an old one", () => {
    upsertSite(db, smallSite);
    expect(currentPriceVersion(db)).toBe(1);
    upsertSite(db, withGrey(700));
    expect(currentPriceVersion(db)).toBe(2);
    upsertSite(db, smallSite);
    expect(currentPriceVersion(db)).toBe(3);
    upsertSite(db, { ...smallSite, appearance: { ...smallSite.appearance, name: "Archive" } });
    expect(currentPriceVersion(db)).toBe(3);
  });

  it("is refused with a sentence that names the thing", () => {
    const [device, terminal, queue] = [
      smallSite.devices[0],
      smallSite.terminals[0],
      smallSite.queues[0],
    ];
    if (device === undefined || terminal === undefined || queue === undefined)
      throw new Error("the small site is too small");
    expect(sentenceOf({ ...smallSite, devices: [device, device] })).toContain(
      'The device "mfp" is declared twice.',
    );
    expect(sentenceOf({ ...smallSite, terminals: [{ ...terminal, devices: ["mfq"] }] })).toContain(
      'The terminal "lobby" names the device "mfq"',
    );
    expect(sentenceOf({ ...smallSite, devices: [{ ...device, bridge: "other" }] })).toContain(
      "of another bridge",
    );
    expect(sentenceOf({ ...smallSite, queues: [{ ...queue, kind: "secure" }] })).toContain(
      "exactly one device",
    );
    expect(sentenceOf(withGrey(-1))).toContain("less than nothing");
    expect(sentenceOf({ ...smallSite, devices: [{ ...device, url: "http://mfp" }] })).toContain(
      "/devices/0/url",
    );
    expect(readSite(db)).toBeUndefined();
  });
});

describe("a bell", () => {
  it("wakes who waits at the ring, at the abort, and for good when it is closed", async () => {
    const bell = createBell();
    const gone = new AbortController();
    const wait = (signal = new AbortController().signal) => bell.wait({ ms: 60_000, signal });
    const [first, second] = [wait(), wait(gone.signal)];
    expect(bell.waiting()).toBe(2);
    gone.abort();
    await second;
    expect(bell.waiting()).toBe(1);
    bell.ring();
    await first;
    const third = wait();
    bell.close();
    await third;
    await wait();
    expect(bell.waiting()).toBe(0);
  });
});
