import type { JournalFact } from "../../protocol/bridge-server.ts";
import { decide } from "./decide-release.ts";
import { context, toFirstByte, waitingRelease } from "./release.fixture.ts";
import type { Finish, Release } from "./release.ts";
import type { ReleaseEffect } from "./release-effect.ts";
import type { ReleaseEvent } from "./release-event.ts";

export interface Course {
  release: Release;
  facts: JournalFact[];
  effects: ReleaseEffect[];
  /** The effects of the last event alone. */
  last: readonly ReleaseEffect[];
}

/** What follows from some events, one after the other. */
export function play(events: readonly ReleaseEvent[], from: Release = waitingRelease()): Course {
  const course: Course = { release: from, facts: [], effects: [], last: [] };
  for (const event of events) {
    const { release, facts, effects } = decide(course.release, event, context);
    course.release = release;
    course.facts.push(...facts);
    course.effects.push(...effects);
    course.last = effects;
  }
  return course;
}

/** The same, from the moment at which the first byte may be sent. */
export function printing(...events: ReleaseEvent[]): Course {
  return play([...toFirstByte, ...events]);
}

export function kinds(effects: readonly ReleaseEffect[]): string[] {
  return effects.map(({ kind }) => kind);
}

export function outcomeOf({ phase }: Release) {
  return "outcome" in phase ? phase.outcome : undefined;
}

export function finishOf({ phase }: Release): Finish | undefined {
  return phase.kind === "finishing" ? phase.finish : undefined;
}

export function times(count: number, event: ReleaseEvent): ReleaseEvent[] {
  return Array.from({ length: count }, () => event);
}

export const documentSent: ReleaseEvent = { kind: "document-sent" };
export const finished: ReleaseEvent = { kind: "finish-answered" };
