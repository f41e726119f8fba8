/** A medium by its PWG 5101.1 name; width and height in hundredths of a millimetre. */
export interface MediaSize {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** What queues take. Which device has it loaded shows only at the release. */
export const mediaSizes: readonly MediaSize[] = [
  { name: "iso_a4_210x297mm", width: 21_000, height: 29_700 },
  { name: "iso_a3_297x420mm", width: 29_700, height: 42_000 },
  { name: "iso_a5_148x210mm", width: 14_800, height: 21_000 },
  { name: "iso_a6_105x148mm", width: 10_500, height: 14_800 },
  { name: "iso_b5_176x250mm", width: 17_600, height: 25_000 },
  { name: "jis_b4_257x364mm", width: 25_700, height: 36_400 },
  { name: "jis_b5_182x257mm", width: 18_200, height: 25_700 },
  { name: "na_letter_8.5x11in", width: 21_590, height: 27_940 },
  { name: "na_legal_8.5x14in", width: 21_590, height: 35_560 },
  { name: "na_ledger_11x17in", width: 27_940, height: 43_180 },
  { name: "na_executive_7.25x10.5in", width: 18_415, height: 26_670 },
  { name: "na_index-4x6_4x6in", width: 10_160, height: 15_240 },
];

export const defaultMedia = "iso_a4_210x297mm";

const names = new Set(mediaSizes.map(({ name }) => name));

/** Clients round inches to hundredths of a millimetre in different ways. */
const roundingError = 10;

export function isMediaName(name: string): boolean {
  return names.has(name);
}

/** The name of a size in hundredths of a millimetre, or undefined for one that queues do not take. */
export function mediaNameOf(size: { width: number; height: number }): string | undefined {
  return mediaSizes.find(
    ({ width, height }) =>
      Math.abs(width - size.width) <= roundingError &&
      Math.abs(height - size.height) <= roundingError,
  )?.name;
}
