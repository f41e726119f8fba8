import type { Counted } from "../../text/languages.ts";
import type { en } from "./en.ts";

type Same<Shape> = {
  readonly [K in keyof Shape]: Shape[K] extends string
    ? string
    : Shape[K] extends Counted
      ? Counted
      : Same<Shape[K]>;
};

/** The texts of signing in, in whichever language. */
export type SignInTexts = Same<typeof en>;
