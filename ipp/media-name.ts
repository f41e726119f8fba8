/** A size in hundredths of a millimetre, as `media-size` has it (PWG 5100.7 §6.3.17). */
export interface MediaDimensions {
  readonly width: number;
  readonly height: number;
}

const name = /^[a-z0-9]+_[a-z0-9.-]+_([0-9.]{1,8})x([0-9.]{1,8})(mm|in)$/;

/**
 * The dimensions that a self-describing media name ends with (PWG 5101.1 §5), such as
 * `iso_a4_210x297mm`. Undefined for another name, and for those that bound custom sizes.
 */
export function mediaDimensions(media: string): MediaDimensions | undefined {
  if (media.startsWith("custom_")) return undefined;
  const [, x, y, unit] = name.exec(media) ?? [];
  const scale = unit === "in" ? 2540 : 100;
  const width = Math.round(Number(x) * scale);
  const height = Math.round(Number(y) * scale);
  return width > 0 && height > 0 && width <= 500_000 && height <= 500_000
    ? { width, height }
    : undefined;
}
