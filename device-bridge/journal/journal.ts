import type { JournalFact } from "../../protocol/bridge-server.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { lasting } from "../release/lasting.ts";
import type { Release } from "../release/release.ts";
import { createOutbox } from "./outbox.ts";

export interface JournalOptions {
  readonly db: Database;
  /** Wall clock, milliseconds: only dates what is kept, and numbers a journal that is new. */
  readonly now: () => number;
}

export interface Journal {
  /** Whether an intent of this id was stored before. */
  knowsIntent(id: string): boolean;
  /** Stores an intent with the releases that it asks for, in one commit; throws if it is known. */
  storeIntent(id: string, releases: readonly Release[]): void;
  /**
   * Stores a release after a step, and what the server must be told of it, in one commit. A step that
   * changed nothing that must last costs none.
   */
  storeStep(step: {
    readonly before: Release;
    readonly after: Release;
    readonly facts: readonly JournalFact[];
  }): void;
  /** Every release that is not closed, oldest first. */
  openReleases(): Release[];
  /** Whether a release of this id is kept. */
  knowsRelease(id: string): boolean;
  /** Stores a release that was found outside after it had been forgotten here, with its facts. */
  storeFound(release: Release, facts: readonly JournalFact[]): void;
  /** Every release of a provider's jobs that is kept, however it stands. */
  releasesOf(provider: string): Release[];
  /** Forgets intents and closed releases that were last touched before `moment`. */
  forgetBefore(moment: number): void;
}

type Row = { readonly state: string; readonly particulars: string | null };

/** The durable record of a bridge's releases; see the schema beside it. All of it is synchronous. */
export function openJournal({ db, now }: JournalOptions): Journal {
  const findIntent = statement<{ id: string }, { at: number }>(
    db,
    "SELECT at FROM intent WHERE id = :id",
  );
  const addIntent = statement<{ id: string; at: number }>(
    db,
    "INSERT INTO intent (id, at) VALUES (:id, :at)",
  );
  const addRelease = statement<{
    id: string;
    jobId: string;
    phase: string;
    state: string;
    at: number;
  }>(
    db,
    `INSERT INTO release (id, job_id, phase, state, at)
     VALUES (:id, :jobId, :phase, :state, :at)`,
  );
  const change = statement<{ id: string; phase: string; state: string; at: number }>(
    db,
    "UPDATE release SET phase = :phase, state = :state, at = :at WHERE id = :id",
  );
  const keepParticulars = statement<{ id: string; particulars: string | null }>(
    db,
    "UPDATE release SET particulars = :particulars WHERE id = :id",
  );
  const open = statement<NoParameters, Row>(
    db,
    "SELECT state, particulars FROM release WHERE phase <> 'closed' ORDER BY position",
  );
  const known = statement<{ id: string }, { id: string }>(
    db,
    "SELECT id FROM release WHERE id = :id",
  );
  const all = statement<NoParameters, Row>(
    db,
    "SELECT state, particulars FROM release ORDER BY position",
  );
  const forgetIntents = statement<{ moment: number }>(db, "DELETE FROM intent WHERE at < :moment");
  const forgetReleases = statement<{ moment: number }>(
    db,
    "DELETE FROM release WHERE phase = 'closed' AND at < :moment",
  );
  const outbox = createOutbox({ db, now });

  const add = (release: Release): void => {
    const { releaseId, jobId, phase } = release;
    addRelease.run({
      id: releaseId,
      jobId,
      phase: phase.kind,
      state: toState(release),
      at: now(),
    });
  };

  return {
    knowsIntent: (id) => findIntent.get({ id }) !== undefined,

    storeIntent(id, releases) {
      transaction(db, () => {
        addIntent.run({ id, at: now() });
        for (const release of releases) add(release);
      });
    },

    storeStep({ before, after, facts }) {
      const id = after.releaseId;
      const state = toState(after);
      if (facts.length === 0 && state === toState(before)) return;
      transaction(db, () => {
        change.run({ id, phase: after.phase.kind, state, at: now() });
        const particulars = particularsOf(after);
        if (particulars !== particularsOf(before))
          keepParticulars.run({
            id,
            particulars: particulars === undefined ? null : JSON.stringify(particulars),
          });
        outbox.append(facts);
      });
    },

    openReleases: () => open.all({}).map(fromRow),
    knowsRelease: (id) => known.get({ id }) !== undefined,
    releasesOf: (provider) =>
      all
        .all({})
        .map(fromRow)
        .filter((release) => release.provider === provider),

    storeFound(release, facts) {
      transaction(db, () => {
        add(release);
        const particulars = particularsOf(release);
        if (particulars !== undefined)
          keepParticulars.run({ id: release.releaseId, particulars: JSON.stringify(particulars) });
        outbox.append(facts);
      });
    },

    forgetBefore(moment) {
      transaction(db, () => {
        forgetIntents.run({ moment });
        forgetReleases.run({ moment });
        outbox.forgetBefore(moment);
      });
    },
  };
}

function particularsOf({ phase }: Release): Particulars | undefined {
  if ("claim" in phase) return phase.claim.particulars;
  return phase.kind === "finishing" ? phase.undecided?.particulars : undefined;
}

function toState(release: Release): string {
  return JSON.stringify(lasting(release), (key, value: unknown) =>
    key === "particulars" ? undefined : value,
  );
}

function fromRow({ state, particulars }: Row): Release {
  const release: unknown = JSON.parse(state, (key, value: unknown) =>
    (key === "claim" || key === "undecided") && typeof value === "object" && particulars !== null
      ? { ...value, particulars: JSON.parse(particulars) }
      : value,
  );
  if (!isRelease(release))
    throw new Error("The journal holds a release of a form that this program does not know.");
  return release;
}

/** The journal is our own and whole; only another version of the program writes another form. */
function isRelease(value: unknown): value is Release {
  return typeof value === "object" && value !== null && "version" in value && value.version === 1;
}
