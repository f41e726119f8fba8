/** The first byte of an answer (DocRev 17, p. 9). `undefined` where the number means nothing. */
export const answerErrors = new Map([
  [0x01, "unknown function"],
  [0x02, "missing parameter"],
  [0x03, "unused parameters"],
  [0x04, "invalid function"],
  [0x05, "parser"],
]);

/** What a reader answers: that it could not, or the bytes that belong to the question. */
export type Answer =
  | { readonly kind: "done"; readonly payload: Uint8Array }
  | { readonly kind: "refused"; readonly code: number };

/** A tag in the field, as the reader tells of it. */
export interface FoundTag {
  readonly type: number;
  readonly bits: number;
  /** The first bit is the highest of the first byte; what is left over of the last one is nothing. */
  readonly id: Uint8Array;
}

export function readAnswer(message: Uint8Array): Answer | undefined {
  const code = message[0];
  if (code === undefined) return undefined;
  return code === 0 ? { kind: "done", payload: message.subarray(1) } : { kind: "refused", code };
}

/** The answer to `searchTag`: a tag, `none`, or undefined when it is damaged. */
export function readFoundTag(payload: Uint8Array): FoundTag | "none" | undefined {
  const [found, type, bits, length] = payload;
  // Without a tag nothing else counts.
  if (found === 0) return "none";
  if (found !== 1 || type === undefined || bits === undefined || length === undefined)
    return undefined;
  const id = payload.subarray(4, 4 + length);
  if (id.length !== length || length === 0 || bits > length * 8) return undefined;
  return { type, bits: bits === 0 ? length * 8 : bits, id };
}

/** A text: its length, and so many characters. */
export function readText(payload: Uint8Array): string | undefined {
  const [length] = payload;
  if (length === undefined || payload.length < 1 + length) return undefined;
  const text = Buffer.from(payload.subarray(1, 1 + length)).toString("latin1");
  return /^[\x20-\x7e]*$/.test(text) ? text : undefined;
}

/** Four bytes, the lowest first. */
export function readU32(payload: Uint8Array): number | undefined {
  return payload.length < 4 ? undefined : Buffer.from(payload).readUInt32LE(0);
}

/** The reader's own twelve bytes, in hex. */
export function readDeviceUid(payload: Uint8Array): string | undefined {
  return payload.length < 12
    ? undefined
    : Buffer.from(payload.subarray(0, 12)).toString("hex").toUpperCase();
}
