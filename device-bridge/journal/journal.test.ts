import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JournalFact } from "../../protocol/bridge-server.ts";
import { type Database, openDatabase } from "../../storage/open-database.ts";
import { decide } from "../release/decide-release.ts";
import { lasting } from "../release/lasting.ts";
import { context, toFirstByte, waitingRelease } from "../release/release.fixture.ts";
import type { Release } from "../release/release.ts";
import { openJournal } from "./journal.ts";
import { createOutbox } from "./outbox.ts";
import { journalMigrations } from "./schema.ts";

const now = () => 1_700_000_000_000;
let db: Database;
beforeEach(() => {
  db = openDatabase({ path: ":memory:", migrations: journalMigrations });
});
afterEach(() => db.close());

const fact = (last: number): JournalFact => ({
  kind: "void",
  releaseId: `aaaaaaaa-0000-4000-8000-00000000000${last}`,
  personId: "cccccccc-0000-4000-8000-000000000001",
});

describe("the journal", () => {
  it("gives back every step of a release as it was stored, the counted document included", () => {
    const journal = openJournal({ db, now });
    let release: Release = waitingRelease();
    journal.storeIntent("intent", [release]);
    expect(journal.openReleases()).toEqual([release]);
    for (const event of toFirstByte) {
      const after = decide(release, event, context).release;
      journal.storeStep({ before: release, after, facts: [] });
      release = after;
      expect(journal.openReleases()).toEqual([JSON.parse(JSON.stringify(lasting(release)))]);
    }
  });

  it("costs no flush for what is asked again after a start", () => {
    const journal = openJournal({ db, now });
    const [start, look] = toFirstByte;
    if (start === undefined || look === undefined) throw new Error("There is no road.");
    const claiming = decide(waitingRelease(), start, context).release;
    journal.storeIntent("intent", [claiming]);
    const before = db.prepare("SELECT total_changes() AS n").get();
    const after = decide(claiming, look, context).release;
    expect(after).not.toEqual(claiming);
    journal.storeStep({ before: claiming, after, facts: [] });
    expect(db.prepare("SELECT total_changes() AS n").get()).toEqual(before);
    expect(journal.openReleases()).toEqual([claiming]);
  });

  it("knows an intent for good, and does not take it twice", () => {
    const journal = openJournal({ db, now });
    expect(journal.knowsIntent("intent")).toBe(false);
    journal.storeIntent("intent", [waitingRelease()]);
    expect(openJournal({ db, now }).knowsIntent("intent")).toBe(true);
    expect(() => journal.storeIntent("intent", [])).toThrow();
    expect(journal.openReleases()).toHaveLength(1);
  });

  it("forgets what is closed and old, and never what is open", () => {
    const journal = openJournal({ db, now });
    const open = waitingRelease();
    const closed = waitingRelease({ releaseId: fact(9).releaseId });
    journal.storeIntent("intent", [open, closed]);
    const outcome = { kind: "not-printed", reason: "cancelled" } as const;
    const after: Release = { ...closed, phase: { kind: "closed", outcome } };
    journal.storeStep({ before: closed, after, facts: [] });
    journal.forgetBefore(now() + 1);
    expect(journal.openReleases()).toEqual([open]);
    expect(db.prepare("SELECT count(*) AS n FROM release").get()).toEqual({ n: 1 });
    expect(journal.knowsIntent("intent")).toBe(false);
  });
});

describe("the outbox", () => {
  it("numbers without a gap, also after everything was acknowledged and the process died", () => {
    const outbox = createOutbox({ db, now });
    outbox.append([fact(1), fact(2)]);
    const { epoch } = outbox.oldest(10) ?? { epoch: 0 };
    outbox.acknowledge(epoch, 2);
    expect(outbox.oldest(10)).toBeUndefined();
    const later = createOutbox({ db, now: () => now() + 1e9 });
    later.append([fact(3)]);
    expect(later.oldest(10)).toEqual({ epoch, entries: [{ seq: 3, fact: fact(3) }] });
  });

  it("keeps what the server has not applied, and minds no answer to an older journal", () => {
    const outbox = createOutbox({ db, now });
    outbox.append([fact(1), fact(2), fact(3)]);
    const { epoch } = outbox.oldest(10) ?? { epoch: 0 };
    outbox.acknowledge(epoch, 1);
    outbox.acknowledge(epoch - 1, 3);
    expect(outbox.oldest(1)?.entries.map(({ seq }) => seq)).toEqual([2]);
    expect(outbox.waiting()).toBe(2);
  });

  it("tells what waits under a new number when an old copy of the disk was put back", () => {
    const outbox = createOutbox({ db, now });
    outbox.append([fact(1), fact(2)]);
    const { epoch } = outbox.oldest(10) ?? { epoch: 0 };
    outbox.acknowledge(epoch, 1);
    outbox.acknowledge(epoch, 7);
    const anew = outbox.oldest(10);
    expect(anew?.epoch).toBeGreaterThan(epoch);
    expect(anew?.entries).toEqual([{ seq: 1, fact: fact(2) }]);
    outbox.append([fact(3)]);
    expect(outbox.oldest(10)?.entries.map(({ seq }) => seq)).toEqual([1, 2]);
  });
});
