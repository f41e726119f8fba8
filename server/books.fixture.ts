import { createSecretKey } from "node:crypto";
import type { Money } from "../pricing/money.ts";
import type { JournalFact, Leg, ReserveRequest } from "../protocol/bridge-server.ts";
import type { Site } from "../protocol/site.ts";
import { type Database, openDatabase } from "../storage/open-database.ts";
import { serverMigrations } from "./migrations.ts";
import { addPerson } from "./people/add-person.ts";
import { type CardKeys, cardKeys, sealCard } from "./people/card-keys.ts";
import { upsertSite } from "./site/upsert-site.ts";

/** For tests: a small site, and ids that one can read. */
export const smallSite: Site = {
  appearance: { name: "Library", languages: ["en", "fr"], currency: "EUR" },
  policy: { idleSeconds: 60, warningSeconds: 20 },
  prices: {
    version: 1,
    standard: { grey: 500, colour: 2_000, twoSidedSheetDiscount: 0 },
    devices: {},
  },
  devices: [
    { id: "mfp", name: "Copier", url: "ipp://127.0.0.1:6310/ipp/print", bridge: "lobby-bridge" },
  ],
  terminals: [
    { id: "lobby", name: "Lobby", bridge: "lobby-bridge", devices: ["mfp"], readers: [] },
  ],
  queues: [
    {
      name: "find-me",
      info: "Any copier",
      kind: "virtual",
      provider: "spool",
      devices: [],
      holdHours: 24,
    },
  ],
};

/** A UUID from a small number, so that failures can be read. */
export function uuid(kind: string, n: number): string {
  return `${kind.padEnd(8, "0").slice(0, 8)}-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
}

export const alice = { personId: uuid("a", 1), account: uuid("aa", 1), card: "66CF4DC2" };
export const bob = { personId: uuid("b", 1), account: uuid("bb", 1), card: "946EBD28" };
export const fixtureKeys: CardKeys = cardKeys(createSecretKey(Buffer.alloc(32, 7)));

/** Books in memory: alice with 10.00, unrestricted, and bob with 0.10, restricted. */
export function openBooks(): Database {
  const db = openDatabase({ path: ":memory:", migrations: serverMigrations });
  upsertSite(db, smallSite);
  const add = (
    who: typeof alice,
    more: { login: string; restricted: boolean; amount: Money },
  ): void => {
    const added = addPerson(
      db,
      {
        ...who,
        login: more.login,
        restricted: more.restricted,
        badges: [sealCard(fixtureKeys, { personId: who.personId, cardNumber: who.card })],
        credit: { id: who.personId, amount: more.amount },
      },
      0,
    );
    if (added.kind === "conflict") throw new Error(added.sentence);
  };
  add(alice, { login: "alice", restricted: false, amount: 100_000 });
  add(bob, { login: "bob", restricted: true, amount: 1_000 });
  return db;
}

export function moneyLeg(who: typeof alice, amount: Money): Leg {
  return { account: who.account, unit: "money", amount };
}

export function reserveRequest(
  who: typeof alice,
  releaseId: string,
  amount: Money,
): ReserveRequest {
  return {
    releaseId,
    personId: who.personId,
    legs: [moneyLeg(who, amount)],
    priceVersion: 1,
    device: "mfp",
    jobId: uuid("f", 1),
  };
}

export function settleFact(who: typeof alice, releaseId: string, amount: Money): JournalFact {
  return {
    kind: "settle",
    releaseId,
    personId: who.personId,
    legs: [moneyLeg(who, amount)],
    impressions: 1,
    wanted: 1,
    evidence: "job-counters",
    device: "mfp",
    jobId: uuid("f", 1),
  };
}

export function uncertainFact(who: typeof alice, releaseId: string, amount: Money): JournalFact {
  return {
    kind: "uncertain",
    releaseId,
    personId: who.personId,
    jobId: uuid("f", 1),
    device: "mfp",
    legs: [moneyLeg(who, amount)],
    atLeast: 0,
    wanted: 4,
    why: "device-restarted",
  };
}
