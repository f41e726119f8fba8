/** Bytes of the Simple Protocol's messages: numbers have their lowest byte first (DocRev 17, p. 11). */
export function bytes(...all: number[]): Uint8Array {
  return Uint8Array.from(all);
}

export function u16(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff];
}

export function u32(value: number): number[] {
  return [...u16(value & 0xffff), ...u16(value >>> 16)];
}

/** Bytes with their count before them. Throws where a count of one byte cannot tell it. */
export function counted(all: Uint8Array): number[] {
  if (all.length > 0xff) throw new Error(`A message cannot count ${all.length} bytes.`);
  return [all.length, ...all];
}
