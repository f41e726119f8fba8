import { en } from "./words-en.ts";
import { fr } from "./words-fr.ts";

type Same<Shape> = {
  readonly [K in keyof Shape]: Shape[K] extends string ? string : Same<Shape[K]>;
};

/** The texts of the web page, in whichever language. */
export type Words = Same<typeof en>;
export type Language = "en" | "fr";

export const wordsIn: Readonly<Record<Language, Words>> = { en, fr };

/** The language that was asked for in the address, else the first of the browser's that is spoken here. */
export function languageOf(asked: string | undefined, accepted: string | undefined): Language {
  const wanted = [asked ?? "", ...(accepted ?? "").slice(0, 300).split(",")];
  for (const one of wanted) {
    const [language] = one.trim().toLowerCase().split(/[-;]/, 1);
    if (language === "en" || language === "fr") return language;
  }
  return "en";
}

/** Puts values in the places of `{name}`. */
export function fill(pattern: string, values: Readonly<Record<string, string | number>>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
