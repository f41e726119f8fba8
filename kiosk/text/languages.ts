/** CLDR plural categories that a language here may use. */
export type PluralCategory = "zero" | "one" | "two" | "few" | "many" | "other";

/** One text in the forms that a count needs; `{n}` is the count. */
export type Counted = { readonly other: string } & {
  readonly [C in PluralCategory]?: string;
};

/**
 * The languages that the screen speaks: the name of each in itself, whose dates and amounts it writes,
 * its direction, and which plural category a whole number belongs to (CLDR cardinal rules, compiled by
 * hand, because old panels have no `Intl.PluralRules`).
 */
export const languages = {
  en: {
    name: "English",
    locale: "en-GB",
    direction: "ltr",
    plural: (n: number): "one" | "other" => (n === 1 ? "one" : "other"),
  },
  fr: {
    name: "Français",
    locale: "fr-FR",
    direction: "ltr",
    plural: (n: number): "one" | "many" | "other" => {
      if (n === 0 || n === 1) return "one";
      return n % 1_000_000 === 0 ? "many" : "other";
    },
  },
} as const;

/** The languages that the screen speaks. */
export type Spoken = keyof typeof languages;

const isSpoken = (language: string): language is Spoken =>
  Object.keys(languages).includes(language);

/** The languages, among those that the site offers, that the screen can speak; English if none. */
export function spokenAmong(offered: readonly string[]): Spoken[] {
  const spoken = offered.map((tag) => tag.split("-")[0] ?? "").filter(isSpoken);
  return spoken.length === 0 ? ["en"] : [...new Set(spoken)];
}

/** The first wish that is offered, else the site's first language. A wish is a BCP 47 tag or nothing. */
export function languageFor(
  wishes: readonly (string | undefined)[],
  offered: readonly string[],
): Spoken {
  const spoken = spokenAmong(offered);
  for (const wish of wishes) {
    const found = spoken.find((language) => language === wish?.split("-")[0]);
    if (found !== undefined) return found;
  }
  return spoken[0] ?? "en";
}
