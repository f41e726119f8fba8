import type { en } from "./en.ts";
import type { firstEn } from "./first-en.ts";
import type { Counted, languages, Spoken } from "./languages.ts";

/** The plural forms that a language needs. */
type Forms<L extends Spoken> = ReturnType<(typeof languages)[L]["plural"]>;

type InLanguage<Shape, Form extends string> = {
  readonly [K in keyof Shape]: Shape[K] extends string
    ? string
    : Shape[K] extends Counted
      ? { readonly [F in Form | "other"]: string }
      : InLanguage<Shape[K], Form>;
};

/** All texts in one language: every key of the English ones, and every plural form of its own. */
export type TextsIn<L extends Spoken> = InLanguage<typeof en, Forms<L>>;

/** The texts that come with the page itself, in one language. */
export type FirstTextsIn<L extends Spoken> = InLanguage<typeof firstEn, Forms<L>>;

/** All texts in whichever language. */
export type Texts = TextsIn<"en">;

/** The texts that come with the page itself, in whichever language. */
export type FirstTexts = FirstTextsIn<"en">;
