import { hexToText, textToHex } from "./digits.ts";

/**
 * Made-up cards of the same shape as real ones, to see where two rules differ: a digit stays a digit, a
 * letter of a hexadecimal number becomes any of its digits, all else stays. Always the same ones.
 */
export function probesLike(said: readonly string[]): readonly string[] {
  const spelled = said.map(hexToText);
  const readable = spelled.filter((text) => text !== undefined);
  // Digits that are the codes of characters stay so.
  if (readable.length === said.length && readable.every((text) => /^[0-9A-Za-z]+$/.test(text)))
    return [...shaped(said), ...shaped(readable).map((text) => textToHex(text) ?? text)];
  return shaped(said);
}

function shaped(said: readonly string[]): readonly string[] {
  const next = chance();
  const isHex = said.some((text) => /^[0-9A-Fa-f]*[A-Fa-f][0-9A-Fa-f]*$/.test(text));
  const probes: string[] = [];
  for (const text of said.slice(0, 4))
    for (let i = 0; i < perText; i++) {
      // Zeros in front and behind are what rules differ by most.
      const zeros = i % 4 === 0 ? 2 + 2 * (next() % 3) : 0;
      const atEnd = i % 8 === 0;
      const drawn = [...text].map((one, at) => {
        const isZero = atEnd ? at >= text.length - zeros : at < zeros;
        if (!/[0-9A-Fa-f]/.test(one) || (!isHex && !/[0-9]/.test(one))) return one;
        if (isZero) return "0";
        return isHex ? "0123456789ABCDEF".charAt(next() % 16) : String(next() % 10);
      });
      probes.push(drawn.join(""));
    }
  return probes;
}

const perText = 24;

/** Numbers that look like chance (a linear congruential generator), the same at every run. */
function chance(): () => number {
  let state = 20_260_401;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state >> 8;
  };
}
