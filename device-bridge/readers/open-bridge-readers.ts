import { judgeUid, type UidJudgement } from "../../card-readers/numbers/judge-uid.ts";
import { runPipeline } from "../../card-readers/numbers/pipeline.ts";
import { type OpenReaders, openReaders } from "../../card-readers/open-readers.ts";
import type { ReaderEvents } from "../../card-readers/reader.ts";
import type { BridgeMetrics } from "../bridge-metrics.ts";
import type { BridgeSurroundings } from "../bridge-options.ts";
import type { CardNumbers } from "./card-numbers.ts";
import { createTapWatch, type TapWatch } from "./tap-watch.ts";

/** A badge was held to a reader of a terminal. */
export interface BridgeTap {
  readonly terminal: string;
  readonly readerId: string;
  readonly cardNumber: string;
  readonly uid: UidJudgement;
}

export interface BridgeReadersOptions extends BridgeSurroundings {
  readonly host: string;
  readonly port: number;
  readonly metrics: BridgeMetrics;
  /** How a terminal makes card numbers. */
  readonly numbers: (terminal: string) => CardNumbers;
  readonly onTap: (tap: BridgeTap) => void;
  /** What came at a reader of this terminal may be a part of a card only: it is to be tapped again. */
  readonly onPart?: (terminal: string) => void;
  /** A reader of this terminal changed. */
  readonly onChange: (terminal: string) => void;
  /** How one of them is now, and why, where it is not ready. */
  readonly onState: ReaderEvents["onState"];
}

export interface BridgeReaders {
  readonly readers: OpenReaders;
  readonly watch: TapWatch;
}

/**
 * The readers of a bridge, with what makes card numbers of what they say. In the log stands of a card
 * its last three characters, and nothing else. Throws a sentence when the port cannot be had.
 */
export async function openBridgeReaders(options: BridgeReadersOptions): Promise<BridgeReaders> {
  const { host, port, log, metrics, numbers, monotonic: now, random } = options;
  const watch = createTapWatch({ now });
  const readers = await openReaders({
    host,
    port,
    now,
    random,
    cardNumber({ text }, readerId) {
      const made = numbers(terminalOf(readerId));
      if (made.kind === "refused") return undefined;
      const { result } = runPipeline(made.pipeline, text);
      return result.kind === "number" ? result.number : undefined;
    },
    onReading: (reading) => watch.note(reading, numbers(terminalOf(reading.readerId))),
    onCard({ text: cardNumber, said, readerId, medium, bits, tagType }) {
      const terminal = terminalOf(readerId);
      const uid = judgeUid({
        text: said,
        medium,
        ...(bits === undefined ? {} : { bits }),
        ...(tagType === undefined ? {} : { tagType }),
      });
      metrics.count("taps");
      const card = `…${cardNumber.slice(-3)}`;
      const odd = uid === "fixed" ? {} : { uid };
      log.info({ event: "tap", terminal, reader: readerId, card, ...odd }, "a tap");
      options.onTap({ terminal, readerId, cardNumber, uid });
    },
    onRefused(reader, { kind, sentence }) {
      log.warn({ event: "card-refused", reader, why: kind }, sentence);
      watch.refused(reader, sentence);
      if (kind === "part") options.onPart?.(terminalOf(reader));
    },
    onFlood(reader, turnedAway) {
      metrics.count("reader_floods");
      log.warn(
        { event: "reader-flood", reader, turnedAway },
        "a reader sends number after number, or more than any hand does: it is slowed",
      );
    },
    onState(reader, state, trouble) {
      const why = trouble === undefined ? {} : { trouble: trouble.kind, why: trouble.message };
      log.info({ event: "reader", reader, state, ...why }, "a reader changed");
      options.onChange(terminalOf(reader));
      options.onState(reader, state, trouble);
    },
  });
  return { readers, watch };
}

/** The terminal that a reader belongs to, by the reader's id. */
function terminalOf(readerId: string): string {
  return readerId.slice(0, readerId.lastIndexOf("/"));
}
