import { mediaDimensions } from "../../ipp/media-name.ts";

/** A medium by its PWG 5101.1 name; width and height in hundredths of a millimetre. */
export interface MediaSize {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** What queues take while no device of theirs has told. */
export const usualMedia: readonly string[] = [
  "iso_a4_210x297mm",
  "iso_a3_297x420mm",
  "iso_a5_148x210mm",
  "iso_a6_105x148mm",
  "iso_b5_176x250mm",
  "jis_b4_257x364mm",
  "jis_b5_182x257mm",
  "na_letter_8.5x11in",
  "na_legal_8.5x14in",
  "na_ledger_11x17in",
  "na_executive_7.25x10.5in",
  "na_index-4x6_4x6in",
];

/** Clients round inches to hundredths of a millimetre in different ways. */
const roundingError = 10;

/** The sizes that these names tell, each once; names that tell none are left out. */
export function mediaSizes(names: readonly string[]): MediaSize[] {
  return [...new Set(names)].flatMap((name) => {
    const size = mediaDimensions(name);
    return size === undefined ? [] : [{ name, ...size }];
  });
}

/** The name of a size in hundredths of a millimetre, or undefined for one that is not among these. */
export function mediaNameOf(
  sizes: readonly MediaSize[],
  size: { width: number; height: number },
): string | undefined {
  return sizes.find(
    ({ width, height }) =>
      Math.abs(width - size.width) <= roundingError &&
      Math.abs(height - size.height) <= roundingError,
  )?.name;
}
