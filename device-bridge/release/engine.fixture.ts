import { type Database, openDatabase } from "../../storage/open-database.ts";
import { type Journal, openJournal } from "../journal/journal.ts";
import { createOutbox, type Outbox } from "../journal/outbox.ts";
import { journalMigrations } from "../journal/schema.ts";
import { createEngine, type Engine } from "./engine.ts";
import { context } from "./release.fixture.ts";
import type { Release } from "./release.ts";
import type { ReleaseEffect } from "./release-effect.ts";
import type { World } from "./world.fixture.ts";
import { unanswered } from "./world.fixture.ts";

interface Asked {
  readonly releaseId: string;
  readonly effect: ReleaseEffect;
}

export interface Bridge {
  engine(): Engine;
  readonly db: Database;
  readonly outbox: Outbox;
  /** Effects that were asked for and not carried out, oldest first. */
  readonly pending: Asked[];
  /** Every commit so far. */
  commits: number;
  /** What the log told, as "step what". */
  readonly steps: string[];
  /** Kills the process: what was pending is gone, and a new one starts on the same disk. */
  restart(): void;
  /** Carries the oldest pending effect out. `lost`: the asking, or the answer, gets lost. */
  step(lost?: "request" | "answer"): boolean;
  /** Until nothing is pending; the server hears of every fact on the way. */
  settle(): void;
}

/** A bridge's engine on a database in memory, in a world of its own. */
export function createBridge(world: World, onCommit?: (bridge: Bridge) => void): Bridge {
  const now = () => 1_700_000_000_000;
  const db = openDatabase({ path: ":memory:", migrations: journalMigrations });
  const pending: Asked[] = [];
  const steps: string[] = [];
  let life = 0;

  function start(): Engine {
    life += 1;
    const ours = life;
    const journal = openJournal({ db, now });
    const counted: Journal = {
      ...journal,
      storeStep(step) {
        journal.storeStep(step);
        bridge.commits += 1;
        onCommit?.(bridge);
      },
    };
    return createEngine({
      journal: counted,
      // An effect of a process that was killed in the meantime is never carried out.
      execute: (releaseId, effect) => {
        if (ours === life) pending.push({ releaseId, effect });
      },
      prices: () => context.prices,
      isGreyOnly: (device) => device === "grey",
      now,
      random: () => 0,
      log: { info: (fields) => void steps.push(`${fields.step} ${fields.what}`) },
    });
  }

  const bridge: Bridge = {
    engine: () => engine,
    db,
    outbox: createOutbox({ db, now }),
    pending,
    commits: 0,
    steps,
    restart() {
      pending.length = 0;
      engine = start();
      engine.recover();
    },
    step(lost) {
      const asked = pending.shift();
      if (asked === undefined) return false;
      const { releaseId, effect } = asked;
      const answer = lost === "request" ? undefined : world.carryOut(effect);
      const event = lost === undefined ? answer : unanswered(effect);
      if (event !== undefined) engine.apply(releaseId, event);
      return true;
    },
    settle() {
      for (let steps = 0; steps < 5_000; steps += 1) {
        deliver(bridge.outbox, world);
        if (!bridge.step()) return;
      }
      throw new Error("It never comes to an end.");
    },
  };
  let engine = start();
  return bridge;
}

/** The server hears of everything that waits. */
export function deliver(outbox: Outbox, world: World): void {
  const batch = outbox.oldest(200);
  if (batch === undefined) return;
  for (const { fact } of batch.entries) if (fact.kind !== "reading") world.hear(fact);
  outbox.acknowledge(batch.epoch, batch.entries.at(-1)?.seq ?? 0);
}

/** A release with a number of its own. */
export function numbered(release: Release, number: number): Release {
  const id = String(number).padStart(8, "0");
  return {
    ...release,
    releaseId: `${id}-0000-4000-8000-000000000001`,
    jobId: `${id}-0000-4000-8000-00000000000b`,
  };
}
