import { judgeUid, uidSentence } from "../../card-readers/numbers/judge-uid.ts";
import { runPipeline } from "../../card-readers/numbers/pipeline.ts";
import type { Reading } from "../../card-readers/reader.ts";
import type { TapShown } from "../../protocol/readers.ts";
import type { CardNumbers } from "./card-numbers.ts";

/** What somebody at a bench sees of taps, as they come. Nothing is kept while nobody looks. */
export interface TapWatch {
  note(reading: Reading, numbers: CardNumbers): void;
  /** A reader read something that is no card. */
  refused(readerId: string, sentence: string): void;
  /** The server has said who the card of this number is, or why nobody. */
  identified(told: { terminal: string; cardNumber: string; who: string }): void;
  /** What came after this change, as soon as there is something, or after a while. Counts as looking. */
  after(change: number, options: { waitMs: number; whole: boolean }): Promise<readonly TapShown[]>;
  newest(): number;
}

interface Kept {
  readonly shown: TapShown;
  readonly number: string | undefined;
}

const mostKept = 100;
/** Who looked so long ago has gone. */
const lookedMs = 60_000;

export function createTapWatch({ now }: { readonly now: () => number }): TapWatch {
  let kept: Kept[] = [];
  let change = 0;
  let taps = 0;
  let watchedUntil = Number.NEGATIVE_INFINITY;
  const waiting = new Set<() => void>();

  function put(tap: Kept): void {
    kept = [...kept.filter(({ shown }) => shown.tap !== tap.shown.tap), tap].slice(-mostKept);
    for (const wake of waiting) wake();
  }

  return {
    newest: () => change,
    note(reading, numbers) {
      if (now() > watchedUntil) {
        kept = [];
        return;
      }
      // It only lies there.
      if (reading.passage === "same") return;
      change += 1;
      taps += 1;
      put({ shown: shownOf(reading, numbers, { change, tap: taps }), number: reading.number });
    },
    refused(reader, sentence) {
      if (now() > watchedUntil) return;
      change += 1;
      taps += 1;
      const nothing = { medium: "not taken", bytes: "", said: "", steps: [], number: null };
      const shown = { change, tap: taps, reader, ...nothing, sentences: [sentence] };
      put({ shown, number: undefined });
    },
    identified({ terminal, cardNumber, who }) {
      const tap = kept.findLast(
        ({ shown, number }) => number === cardNumber && shown.reader.startsWith(`${terminal}/`),
      );
      if (tap === undefined) return;
      change += 1;
      put({ ...tap, shown: { ...tap.shown, change, who } });
    },
    async after(since, { waitMs, whole }) {
      watchedUntil = now() + waitMs + lookedMs;
      const newer = () => kept.filter(({ shown }) => shown.change > since);
      if (newer().length === 0) await oneOf(waiting, waitMs);
      return newer().map(({ shown }) => (whole ? shown : masked(shown)));
    },
  };
}

function oneOf(waiting: Set<() => void>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(late);
      waiting.delete(wake);
      resolve();
    };
    const late = setTimeout(wake, ms);
    late.unref();
    waiting.add(wake);
  });
}

function shownOf(
  { read, readerId, number, passage }: Reading,
  numbers: CardNumbers,
  counts: { readonly change: number; readonly tap: number },
): TapShown {
  const { text, bytes, bits, medium, tagType } = read;
  const said = text.slice(0, 128);
  const run = numbers.kind === "pipeline" ? runPipeline(numbers.pipeline, said) : undefined;
  const uid = uidSentence(judgeUid(read));
  return {
    ...counts,
    reader: readerId,
    medium,
    ...(tagType === undefined ? {} : { tagType }),
    ...(bits === undefined ? {} : { bits }),
    bytes: Buffer.from(bytes.subarray(0, 128)).toString("hex").toUpperCase(),
    said,
    steps: (run?.trail ?? []).map((step) => ({ ...step, text: step.text ?? null })),
    number: number ?? null,
    sentences: [
      ...(numbers.kind === "refused" ? [numbers.sentence] : []),
      ...(run?.result.kind === "no-card" ? [run.result.sentence] : []),
      ...(uid === undefined ? [] : [uid]),
      ...passageSentence(passage),
    ],
  };
}

function passageSentence(passage: Reading["passage"]): string[] {
  switch (passage) {
    case "admitted":
    case "same":
    case "no-card":
      return [];
    case "early":
      return ["It came sooner after another card than a hand is, and was not taken."];
    case "slowed":
      return ["Too many cards that nobody has were tried here: this one was not taken. Wait."];
    case "flood":
      return ["This reader sends more than any hand does; this was not looked at."];
  }
}

/** Without the right to see them: the last three characters, as everywhere. */
function masked(tap: TapShown): TapShown {
  const end = (text: string) => (text === "" ? "" : `…${text.slice(-3)}`);
  return {
    ...tap,
    bytes: `${tap.bytes.length / 2} bytes`,
    said: end(tap.said),
    steps: tap.steps.map((one) => ({ ...one, text: one.text === null ? null : end(one.text) })),
    number: tap.number === null ? null : end(tap.number),
  };
}
