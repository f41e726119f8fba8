/** A paper the device knows: its PWG 5101.1 self-describing name and its size in 1/100 mm. */
export interface Medium {
  readonly keyword: string;
  /** What people call it. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

/** What lies in the cassette, the default first. */
export const loadedMedia: readonly Medium[] = [
  { keyword: "iso_a4_210x297mm", label: "A4", width: 21000, height: 29700 },
  { keyword: "iso_a3_297x420mm", label: "A3", width: 29700, height: 42000 },
  { keyword: "iso_a5_148x210mm", label: "A5", width: 14800, height: 21000 },
  { keyword: "na_letter_8.5x11in", label: "Letter", width: 21590, height: 27940 },
  { keyword: "na_index-4x6_4x6in", label: "4×6", width: 10160, height: 15240 },
  { keyword: "na_legal_8.5x14in", label: "Legal", width: 21590, height: 35560 },
];

/** PDF producers round to whole points and drivers to whole pixels, so sizes differ by a little. */
const tolerance = 250;

/** The name of a size in 1/100 mm, whichever way it is turned: "A4", or "120×80 mm" if unknown. */
export function sizeLabel({ width, height }: { width: number; height: number }): string {
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  const known = loadedMedia.find(
    (medium) =>
      Math.abs(medium.width - short) <= tolerance && Math.abs(medium.height - long) <= tolerance,
  );
  return known?.label ?? `${Math.round(width / 100)}×${Math.round(height / 100)} mm`;
}

/** The loaded medium with this keyword, or undefined when the cassette has none. */
export function loadedMedium(keyword: string): Medium | undefined {
  return loadedMedia.find((medium) => medium.keyword === keyword);
}
