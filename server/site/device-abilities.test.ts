import { beforeEach, expect, it } from "vitest";
import type { Site } from "../../protocol/site.ts";
import { type Database, openDatabase } from "../../storage/open-database.ts";
import { smallSite } from "../books.fixture.ts";
import { serverMigrations } from "../migrations.ts";
import { abilitiesOfQueues, storeAbilities } from "./device-abilities.ts";
import { bridgeRevision, providerRevision } from "./revision.ts";

let db: Database;
beforeEach(() => {
  db = openDatabase({ path: ":memory:", migrations: serverMigrations });
  return () => {
    db.close();
  };
});

const device = { id: "mfp", name: "", url: "ipp://192.0.2.1/ipp/print", bridge: "b" };
const queue = { info: "", provider: "p", holdHours: 1 };
const site: Site = {
  ...smallSite,
  devices: [device, { ...device, id: "old" }, { ...device, id: "silent" }],
  queues: [
    { ...queue, name: "find-me", kind: "virtual", devices: [] },
    { ...queue, name: "old", kind: "direct", devices: ["old"] },
    { ...queue, name: "silent", kind: "secure", devices: ["silent"] },
  ],
};

it("gives a find-me queue what any of its devices can do, and another its own device's", () => {
  storeAbilities(db, [
    {
      device: "mfp",
      abilities: { finishings: [3, 4], colour: false, mediaDefault: "iso_a4_210x297mm" },
    },
    { device: "old", abilities: { finishings: [3, 5], colour: true, sides: ["one-sided"] } },
  ]);
  expect(abilitiesOfQueues(db, site, site.queues)).toEqual({
    "find-me": {
      finishings: [3, 4, 5],
      sides: ["one-sided"],
      colour: true,
      mediaDefault: "iso_a4_210x297mm",
    },
    old: { finishings: [3, 5], colour: true, sides: ["one-sided"] },
  });
});

it("tells providers of a change only, and bridges not at all", () => {
  const told = [{ device: "mfp", abilities: { finishings: [3] } }];
  const [provider, bridge] = [providerRevision(db), bridgeRevision(db, "b")];
  expect(storeAbilities(db, told)).toBe(true);
  expect(storeAbilities(db, told)).toBe(false);
  expect(providerRevision(db)).toBe(provider + 1);
  expect(bridgeRevision(db, "b")).toBe(bridge);
});
