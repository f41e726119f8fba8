import { type Move, move } from "./solver-moves.ts";

/** A part that stands at the same place in every text. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** So many places of one part are looked at: texts of one digit repeated have it everywhere. */
const mostPlaces = 8;

/** Steps that cut these parts, all of one length, out of the texts. */
export function cutsOf(texts: readonly string[], parts: readonly string[]): readonly Move[][] {
  const found: Move[][] = [];
  for (const side of sidesOf(texts)) {
    const padded = texts.map((text) => side.placed(text));
    for (const from of placesOf(padded[0] ?? "", parts[0] ?? "")) {
      const to = from + (parts[0]?.length ?? 0);
      if (padded.every((text, i) => text.startsWith(parts[i] ?? " ", from)))
        found.push(cut({ from, to }, side));
    }
  }
  return found;
}

/**
 * Steps that cut these hexadecimal digits of numbers out of the texts. How many of the zeros before the
 * first digit belong to a number cannot be seen: whole bytes are likelier, and fewer of them.
 */
export function hexCutsOf(texts: readonly string[], digits: readonly string[]): readonly Move[][] {
  const longest = digits.reduce((a, b) => (b.length > a.length ? b : a), "");
  const lead = digits.indexOf(longest);
  const found: Move[][] = [];
  for (const side of sidesOf(texts)) {
    const padded = texts.map((text) => side.placed(text));
    for (const at of placesOf(padded[lead] ?? "", longest)) {
      const to = at + longest.length;
      for (let from = at; from >= 0; from--) {
        const isThere = padded.every(
          (text, i) => text.slice(from, to) === (digits[i] ?? "").padStart(to - from, "0"),
        );
        if (isThere) found.push(cut({ from, to }, side));
        else if (padded[lead]?.[from] !== "0" && from < at) break;
      }
    }
  }
  return found;
}

/** From which end places are counted; where all texts are as long as each other, from the first one. */
interface Side {
  readonly isEnd: boolean;
  readonly length: number;
  readonly placed: (text: string) => string;
}

function sidesOf(texts: readonly string[]): Side[] {
  const length = Math.max(...texts.map((text) => text.length));
  const start: Side = { isEnd: false, length, placed: (text) => text };
  if (texts.every((text) => text.length === length)) return [start];
  return [start, { isEnd: true, length, placed: (text) => text.padStart(length, " ") }];
}

function placesOf(text: string, part: string): number[] {
  const places: number[] = [];
  if (part === "") return places;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    places.push(at);
    if (places.length === mostPlaces) break;
  }
  return places;
}

/** Cuts within a byte are far-fetched; cuts at an end are plain. */
function cut({ from, to }: Part, { isEnd, length }: Side): Move[] {
  const isOdd = (isEnd ? length - from : from) % 2 !== 0 || (to - from) % 2 !== 0;
  const odd = isOdd ? 0.4 : 0;
  if (to === length && (isEnd || from > 0)) return move(`slice(-${to - from})`, 1.5 + odd);
  if (from === 0 && !isEnd) return to === length ? [] : move(`slice(0, ${to})`, 1.6 + odd);
  return isEnd
    ? move(`slice(${from - length}, ${to - length})`, 2 + odd)
    : move(`slice(${from}, ${to})`, 1.9 + odd);
}
