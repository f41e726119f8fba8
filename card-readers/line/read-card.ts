import { hexOfBits } from "../card-bits.ts";
import type { CardRead, Medium } from "../reader.ts";
import type { Line } from "./line-codec.ts";
import { readSwipe } from "./magnetic-stripe.ts";

/** What a line of a reader is. */
export type LineRead =
  | { readonly kind: "card"; readonly card: CardRead }
  | { readonly kind: "refused"; readonly sentence: string }
  /** A check that is wrong, a bad swipe: as if nothing had come. */
  | { readonly kind: "nothing" };

export interface LineKind {
  readonly medium: Medium;
  /** Two digits before the number say how many of its bits count, and they stand leftmost. */
  readonly countsBits?: boolean;
}

const nothing: LineRead = { kind: "nothing" };

/** Takes a line for what its form says that it is. */
export function readCard({ text, framed }: Line, kind: LineKind): LineRead {
  // Some readers leave out the sentinels of a stripe.
  const swipe = readSwipe(/^\d+=\d+$/.test(text) ? `;${text}?` : text);
  if (swipe?.kind === "payment")
    return {
      kind: "refused",
      sentence: "A payment card was swiped. Its number was not kept; such cards are no badges.",
    };
  if (swipe?.kind === "card") return card(swipe.number, "magstripe");
  if (swipe !== undefined) return nothing;
  // TWN3 MultiISO: it was asked for a tag, and there is none.
  if (text === "N") return nothing;
  if (text.startsWith(":")) {
    const number = indiTagNumber(text);
    return number === undefined ? nothing : card(number, kind.medium, "INDITAG");
  }
  if (framed && /^[0-9A-F]{12}$/i.test(text)) {
    const number = em4100Number(text);
    return number === undefined ? nothing : card(number, kind.medium, "EM4102");
  }
  // The mark that tells which kind of barcode it was (ISO/IEC 15424).
  const symbol = /^\][A-Za-z][0-9A-Za-z]/.test(text);
  if (symbol) return card(text.slice(3), "barcode");
  return kind.countsBits === true ? withBits(text, kind.medium) : card(text, kind.medium);
}

/** `:` number sum, in hex; the bytes of number and sum together make 0 (TWN3 IndiTag module). */
export function indiTagNumber(text: string): string | undefined {
  const bytes = hexBytes(text.slice(1));
  if (bytes === undefined || bytes.length < 2) return undefined;
  const sum = bytes.reduce((total, byte) => (total + byte) & 0xff, 0);
  return sum === 0 ? text.slice(1, -2).toUpperCase() : undefined;
}

/** Ten digits of hex and the exclusive or of their bytes (RDM6300, and others for EM4100). */
export function em4100Number(text: string): string | undefined {
  const bytes = hexBytes(text);
  if (bytes?.length !== 6) return undefined;
  const check = bytes.reduce((total, byte) => total ^ byte, 0);
  return check === 0 ? text.slice(0, 10).toUpperCase() : undefined;
}

/** The count of the bits and the bits, in hex: `1A808001C0` are 26 bits (TWN3 HID Prox module). */
function withBits(text: string, medium: Medium): LineRead {
  const [bits = 0, ...rest] = hexBytes(text) ?? [];
  if (bits === 0 || rest.length !== Math.ceil(bits / 8)) return nothing;
  const bytes = Uint8Array.from(rest);
  return {
    kind: "card",
    card: { text: hexOfBits(bytes, bits), bytes, bits, medium, tagType: "HIDPROX" },
  };
}

function card(text: string, medium: Medium, tagType?: string): LineRead {
  const bytes = Buffer.from(text, "latin1");
  return { kind: "card", card: { text, bytes, medium, ...(tagType ? { tagType } : {}) } };
}

function hexBytes(text: string): Buffer | undefined {
  return /^(?:[0-9A-F]{2})+$/i.test(text) ? Buffer.from(text, "hex") : undefined;
}
