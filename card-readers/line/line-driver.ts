import type { Driver, DriverEvents } from "../driver.ts";
import { bytesOf } from "../transport/wire.ts";
import type { Line } from "./line-codec.ts";
import { type LineKind, readCard } from "./read-card.ts";
import { partOfCard, readLines } from "./read-lines.ts";

/** A driver for readers that send each card as a line, and take no commands. */
export function lineDriver(id: string, kind: LineKind): Driver {
  return {
    open({ wire: open, candidate, events, now, learned }) {
      const wire = bytesOf(open);
      const lines = readLines({
        wire,
        now,
        silenceEnds: candidate.transport !== "serial",
        ...(learned === undefined ? {} : { learned }),
        onLine: (line) => tellLine(line, kind, events),
        onDoubt: () => events.onRefused?.(partOfCard),
        onTrouble: events.onTrouble,
      });
      return {
        identity: { driver: id, model: candidate.usb?.product ?? "line reader" },
        capabilities: { feedback: false, presence: false, tagType: false },
        feedback: () => undefined,
        async close() {
          lines.stop();
          await wire.close();
        },
      };
    },
  };
}

/** Tells what a line is, if it is anything. Gives whether it was refused. */
export function tellLine(
  line: Line,
  kind: LineKind,
  events: Pick<DriverEvents, "onCard" | "onRefused">,
): boolean {
  const read = readCard(line, kind);
  if (read.kind === "card") events.onCard(read.card);
  if (read.kind === "refused") events.onRefused?.({ kind: "no-badge", sentence: read.sentence });
  return read.kind === "refused";
}
