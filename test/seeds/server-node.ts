import type { Decision } from "../../protocol/bridge-server.ts";
import { JournalBatch, ReserveRequest } from "../../protocol/bridge-server.ts";
import type { Prices, Site } from "../../protocol/site.ts";
import { applyJournal, countTroubles } from "../../server/ledger/apply-journal.ts";
import { type CheckedBooks, checkBooks } from "../../server/ledger/check-books.ts";
import { reserve } from "../../server/ledger/reserve.ts";
import { decideUncertain, decisionsFor, listUncertain } from "../../server/ledger/uncertain.ts";
import { serverMigrations } from "../../server/migrations.ts";
import { addPerson } from "../../server/people/add-person.ts";
import { readSite } from "../../server/site/read-site.ts";
import { upsertSite } from "../../server/site/upsert-site.ts";
import { type Database, openDatabase } from "../../storage/open-database.ts";
import type { Bug } from "./bug.ts";
import { forgettingServer } from "./forgetting-server.ts";
import { createHost } from "./host.ts";
import { hasForm, type Role } from "./link.ts";
import type { Random } from "./random.ts";
import type { PersonInScene, Scene } from "./scene.ts";
import type { World } from "./world.ts";

export interface ServerNode extends Role {
  /** For the judge, who reads the books himself. */
  readonly db: Database;
  /** A person at the desk decides about releases of which nobody knows what came out. */
  decide(decision: Decision): void;
  uncertain(): ReturnType<typeof listUncertain>;
  /** What a bridge is told: the prices, and decisions that it has not carried out yet. */
  tell(bridge: string): { readonly prices: Prices; readonly decisions: Decision[] };
  setPrices(prices: Prices): void;
  /** With which prices each release was reserved. */
  readonly reservedWith: ReadonlyMap<string, Prices>;
  /** What each settlement that was applied rests on, by release. */
  readonly evidence: ReadonlyMap<string, string>;
  books(): CheckedBooks;
  troubles(): number;
  close(): void;
}

/** The server: its real ledger and journal intake on its real database. */
export function createServerNode(options: {
  readonly world: World;
  readonly random: Random;
  readonly scene: Scene;
  readonly bug: Bug | undefined;
}): ServerNode {
  const { world, random, scene, bug } = options;
  const db = openDatabase({ path: ":memory:", migrations: serverMigrations });
  upsertSite(db, scene.site);
  for (const person of scene.people) makePerson(person);
  const host = createHost({ world, random: random.fork(), name: "server", boot: () => undefined });
  const again = bug === "no-deduplication" ? forgettingServer({ random, world }) : undefined;

  const evidence = new Map<string, string>();
  const reservedWith = new Map<string, Prices>();

  function makePerson({ personId, account, login, restricted, credit }: PersonInScene): void {
    const added = addPerson(
      db,
      { personId, account, login, restricted, credit: { id: random.uuid(), amount: credit } },
      world.now(),
    );
    if (added.kind === "conflict") throw new Error(added.sentence);
  }

  function siteNow(): Site {
    const site = readSite(db);
    if (site === undefined) throw new Error("The server has no site.");
    return site;
  }

  return {
    host,
    db,
    reservedWith,
    evidence,
    answer({ from: bridge, path, body }) {
      if (path === "/api/bridge/reserve" && hasForm(ReserveRequest, body)) {
        const result = reserve(db, { bridge, request: body }, world.now());
        if (result.kind === "reserved" && !reservedWith.has(body.releaseId))
          reservedWith.set(body.releaseId, siteNow().prices);
        return result.kind === "conflict"
          ? { kind: "no", error: "conflict", sentence: result.sentence }
          : { kind: "ok", body: result };
      }
      if (path === "/api/bridge/journal" && hasForm(JournalBatch, body)) {
        const { applied, effects } = applyJournal(db, { bridge, batch: body }, world.now());
        for (const { fact, effect } of effects)
          if (fact.kind === "settle" && effect.did === "applied")
            evidence.set(fact.releaseId, fact.evidence);
        const repeated = again?.repeatedIn(bridge, body);
        if (repeated !== undefined) applyJournal(db, { bridge, batch: repeated }, world.now());
        return { kind: "ok", body: { applied } };
      }
      throw new Error(`The server does not understand ${path}.`);
    },
    decide(decision) {
      const { kind } = decideUncertain(db, decision);
      world.note("desk", `${decision.releaseId.slice(0, 8)} ${JSON.stringify(decision)}: ${kind}`);
    },
    uncertain: () => listUncertain(db),
    tell: (bridge) => ({ prices: siteNow().prices, decisions: decisionsFor(db, bridge) }),
    setPrices(prices) {
      const changed = upsertSite(db, { ...siteNow(), prices });
      if (changed.kind === "faulty") throw new Error(changed.sentence);
      world.note("server", `prices ${prices.version}`);
    },
    books: () => checkBooks(db),
    troubles: () => countTroubles(db),
    close: () => db.close(),
  };
}
