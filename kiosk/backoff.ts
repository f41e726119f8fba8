/**
 * How long to wait before the next try, in milliseconds: doubles from `first` to `most`, and is spread
 * over its upper half, so that a hundred screens do not come back in the same instant.
 * `random` is from 0 up to 1.
 */
export function waitBeforeTry(options: {
  failures: number;
  first: number;
  most: number;
  random: number;
}): number {
  const { failures, first, most, random } = options;
  const whole = Math.min(most, first * 2 ** Math.min(failures, 20));
  return Math.round(whole / 2 + (whole / 2) * random);
}
