import Type from "typebox";
import Value from "typebox/value";
import type { PageCounter, PrintedSide } from "../printer/printed-side.ts";

/** What the file says: the tray, the counter, and how many of its bytes are whole lines. */
export interface TrayRecord {
  readonly uuid: string;
  readonly counter: PageCounter;
  readonly sides: readonly PrintedSide[];
  readonly bytes: number;
}

const counterSchema = Type.Object({
  colour: Type.Integer({ minimum: 0 }),
  grey: Type.Integer({ minimum: 0 }),
  sheets: Type.Integer({ minimum: 0 }),
});

const startSchema = Type.Object({ uuid: Type.String(), counter: counterSchema });

const handlingSchema = Type.Object({
  finishings: Type.Optional(Type.Array(Type.String())),
  tray: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
  bin: Type.Optional(Type.String()),
  quality: Type.Optional(Type.Integer()),
  orientation: Type.Optional(Type.Integer()),
  scaling: Type.Optional(Type.String()),
  jobSheet: Type.Optional(Type.String()),
});

const sideSchema = Type.Object({
  job: Type.Integer(),
  jobUuid: Type.String(),
  jobName: Type.String(),
  user: Type.String(),
  page: Type.Integer(),
  pages: Type.Integer(),
  copy: Type.Integer(),
  sheet: Type.Integer(),
  side: Type.Union([Type.Literal("front"), Type.Literal("back")]),
  colour: Type.Union([Type.Literal("colour"), Type.Literal("grey")]),
  size: Type.String(),
  handling: Type.Optional(handlingSchema),
  at: Type.String(),
  impression: Type.Integer(),
});

const sidesSchema = Type.Object({ sides: Type.Array(sideSchema), counter: counterSchema });

/** The line that a record starts with: whose it is, and what was counted before it. */
export function startLine({ uuid, counter }: Pick<TrayRecord, "uuid" | "counter">): Buffer {
  return Buffer.from(`${JSON.stringify({ uuid, counter })}\n`);
}

/** The line for sides that came out, with the counter after them. */
export function sidesLine(sides: readonly PrintedSide[], counter: PageCounter): Buffer {
  return Buffer.from(`${JSON.stringify({ sides, counter })}\n`);
}

/**
 * Reads a record; undefined for an empty one. What follows the last line end was never whole and is
 * left out. Throws an Error where a whole line makes no sense: that is not our record.
 */
export function readTrayRecord(file: Buffer): TrayRecord | undefined {
  const bytes = file.lastIndexOf("\n") + 1;
  if (bytes === 0) return undefined;
  const [first, ...rest] = file.toString("utf8", 0, bytes - 1).split("\n");
  const start = Value.Parse(startSchema, readLine(first ?? ""));
  const lines = rest.map((line) => Value.Parse(sidesSchema, readLine(line)));
  return {
    uuid: start.uuid,
    counter: lines.at(-1)?.counter ?? start.counter,
    sides: lines.flatMap((line) => line.sides),
    bytes,
  };
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    const message = "The simulator's record of its paper is damaged. Move paper.jsonl away.";
    throw new Error(message, { cause });
  }
}
