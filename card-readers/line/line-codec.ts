/**
 * Most readers send a card number as a line of ASCII. Which end of line they use, and whether they use
 * any, depends on their settings, so all of them are taken: CR, LF, CRLF, STX and ETX around it, or
 * silence.
 *
 *   bytes ─► split at CR, LF and ETX ─► strip STX NUL ─► drop banners and empty lines ─► lines
 *
 * Pure: the time is given with each piece.
 */
export interface LineState {
  readonly buffer: string;
  /** When its last byte came; milliseconds. */
  readonly lastByteAt: number;
  /** A line that was too long, of which the rest is still to be thrown away. */
  readonly overlong: boolean;
  /** This sender ends its lines, so silence in the middle of one means nothing. */
  readonly terminates: boolean;
  /** The line that was begun has a STX before it. */
  readonly framed: boolean;
}

export interface Line {
  readonly text: string;
  /** It came between STX and ETX, with nothing else to end it. */
  readonly framed: boolean;
}

export interface Decoded {
  readonly state: LineState;
  readonly lines: readonly Line[];
  /** Bytes came that can be no line of a reader. */
  readonly garbage: boolean;
}

export const longestLine = 128;
/** Silence that ends a line of a sender that never ended one otherwise. */
export const idleFlushMs = 200;
/** Silence after which a line that was begun is given up: it will not be finished. */
export const unfinishedMs = 2_000;

export const emptyLine: LineState = {
  buffer: "",
  lastByteAt: 0,
  overlong: false,
  terminates: false,
  framed: false,
};

const nul = 0x00;
const stx = 0x02;
const etx = 0x03;
const cr = 0x0d;
const lf = 0x0a;

/** Takes bytes that came at `at`. */
export function pushBytes(before: LineState, bytes: Uint8Array, at: number): Decoded {
  const rested = dropUnfinished(before, at);
  let { buffer, overlong, terminates, framed } = rested;
  const lines: Line[] = [];
  let garbage = false;
  for (const byte of bytes) {
    if (byte === cr || byte === lf || (byte === etx && framed)) {
      // Alone it ends nothing: the LF of CRLF, or a prompt's blank line.
      if (buffer !== "" || overlong) terminates = true;
      if (!overlong) pushLine(lines, buffer, byte === etx);
      buffer = "";
      overlong = false;
      framed = false;
    } else if (byte === stx) {
      // What was begun before it was never ended.
      buffer = "";
      overlong = false;
      framed = true;
    } else if (byte === nul || byte === etx) {
      // Nothing of the line.
    } else if (byte < 0x20 || byte > 0x7e) {
      // Not ASCII text: the whole line is none of a reader.
      garbage = true;
      overlong = true;
      buffer = "";
    } else if (overlong || buffer.length >= longestLine) {
      garbage = true;
      overlong = true;
      buffer = "";
    } else buffer += String.fromCharCode(byte);
  }
  return { state: { buffer, lastByteAt: at, overlong, terminates, framed }, lines, garbage };
}

/** When to call `flushIdle`, or undefined when there is nothing to wait for. */
export function flushAt(state: LineState): number | undefined {
  if (state.buffer === "" || state.terminates || state.framed) return undefined;
  return state.lastByteAt + idleFlushMs;
}

/** Ends a line by silence, where the sender never ended one otherwise. */
export function flushIdle(state: LineState, at: number): Decoded {
  const due = flushAt(state);
  if (due === undefined || at < due) return { state, lines: [], garbage: false };
  const lines: Line[] = [];
  pushLine(lines, state.buffer, false);
  return { state: { ...state, buffer: "" }, lines, garbage: false };
}

function dropUnfinished(state: LineState, at: number): LineState {
  const silence = at - state.lastByteAt;
  return silence > unfinishedMs ? { ...state, buffer: "", overlong: false, framed: false } : state;
}

function pushLine(lines: Line[], line: string, framed: boolean): void {
  const text = line.trim();
  // Readers of this family say who they are when they are switched on.
  if (text !== "" && !/^TWN[34]/i.test(text)) lines.push({ text, framed });
}
