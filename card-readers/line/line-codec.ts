import { judgeSilence, type Silence, unheard } from "./silence.ts";

/**
 * Most readers send a card number as a line of ASCII. Which end of line they use, and whether they use
 * any, depends on their settings, so all of them are taken: CR, LF, CRLF, STX and ETX around it, or
 * silence.
 *
 *   bytes ─► split at CR, LF and ETX ─► strip STX NUL ─► drop banners and empty lines ─► lines
 *
 * A network may pause in the middle of a number, or end there. So silence is an end only where it cannot
 * be a pause (`silence.ts`), and what comes after a beginning that was given up is no number either.
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
  /** What was begun before was given up: what comes may be the rest of it. */
  readonly headless: boolean;
  /** So much of the buffer was held for a card by silence, in vain; an end of line may still come. */
  readonly doubted: number;
  readonly silence: Silence;
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
  /** Something came that may be a part of a number only: the card is to be tapped again. */
  readonly doubtful: boolean;
}

export const longestLine = 128;
/** Silence that ends a line of a sender that never ended one otherwise. */
export const idleFlushMs = 200;
/** Silence after which a line that was begun is given up: it will not be finished. */
export const unfinishedMs = 2_000;

const nothingBegun = { buffer: "", doubted: 0, overlong: false, framed: false };

export const emptyLine: LineState = {
  ...nothingBegun,
  lastByteAt: 0,
  terminates: false,
  headless: false,
  silence: unheard,
};

const nul = 0x00;
const stx = 0x02;
const etx = 0x03;
const cr = 0x0d;
const lf = 0x0a;

/** Takes bytes that came at `at`. */
export function pushBytes(before: LineState, bytes: Uint8Array, at: number): Decoded {
  let state: LineState = { ...dropUnfinished(before, at), lastByteAt: at };
  const lines: Line[] = [];
  let garbage = false;
  let doubtful = false;
  for (const byte of bytes) {
    const { buffer, overlong, framed } = state;
    if (byte === cr || byte === lf || (byte === etx && framed)) {
      const text = lineOf(buffer);
      if (text !== undefined && state.headless) doubtful = true;
      else if (text !== undefined) lines.push({ text, framed: byte === etx });
      // Alone it ends nothing: the LF of CRLF, or a prompt's blank line.
      const hasEnded = buffer !== "" || overlong ? { terminates: true, headless: false } : {};
      state = { ...state, ...nothingBegun, ...hasEnded };
    } else if (byte === stx) {
      // What was begun before it was never ended.
      state = { ...state, ...nothingBegun, framed: true, headless: false };
    } else if (byte === nul || byte === etx) {
      // Nothing of the line.
    } else if (byte < 0x20 || byte > 0x7e || overlong || buffer.length >= longestLine) {
      // Not ASCII text, or too much of it: the whole line is none of a reader.
      garbage = true;
      if (!overlong) state = { ...state, buffer: "", doubted: 0, overlong: true };
    } else state = { ...state, buffer: buffer + String.fromCharCode(byte) };
  }
  return { state, lines, garbage, doubtful };
}

/** When to call `flushIdle`, or undefined when there is nothing to wait for. */
export function flushAt(state: LineState): number | undefined {
  const { buffer, doubted, terminates, framed } = state;
  if (buffer.length === doubted || terminates || framed) return undefined;
  return state.lastByteAt + idleFlushMs;
}

/** Ends a line by silence, where the sender never ended one otherwise and is known to send such cards. */
export function flushIdle(state: LineState, at: number): Decoded {
  const due = flushAt(state);
  if (due === undefined || at < due) return nothingIn(state);
  const ended = { ...state, ...nothingBegun, headless: false };
  const text = lineOf(state.buffer.slice(state.doubted));
  if (text === undefined) return nothingIn(ended);
  const isBegun = state.doubted > 0 || state.headless;
  const { silence, isEnd } = judgeSilence(state.silence, { text, at, isBegun });
  return isEnd
    ? { ...nothingIn({ ...ended, silence }), lines: [{ text, framed: false }] }
    : { ...nothingIn({ ...state, silence, doubted: state.buffer.length }), doubtful: true };
}

const nothingIn = (state: LineState): Decoded => ({
  state,
  lines: [],
  garbage: false,
  doubtful: false,
});

function dropUnfinished(state: LineState, at: number): LineState {
  if (at - state.lastByteAt <= unfinishedMs) return state;
  // A prompt is no beginning of a number.
  const headless = state.headless || /[0-9A-Za-z]/.test(state.buffer) || state.overlong;
  return { ...state, ...nothingBegun, headless };
}

/** What of a line a reader may mean; readers of the TWN family say who they are when switched on. */
function lineOf(line: string): string | undefined {
  const text = line.trim();
  return text === "" || /^TWN[34]/i.test(text) ? undefined : text;
}
