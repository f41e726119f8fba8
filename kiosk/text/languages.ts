/** CLDR plural categories that a language here may use. */
export type PluralCategory = "zero" | "one" | "two" | "few" | "many" | "other";

/** One text in the forms that a count needs; `{n}` is the count. */
export type Counted = { readonly other: string } & {
  readonly [C in PluralCategory]?: string;
};

/**
 * The languages that the screen speaks: the name of each in itself, whose amounts it writes, its
 * direction, its days and months, and which plural category a whole number belongs to. Days, months and
 * plurals are CLDR's, held against `Intl` by a test: old panels have no `Intl.PluralRules`, and making
 * a first `Intl.DateTimeFormat` is the slowest thing that the first screen could do.
 */
export const languages = {
  en: {
    name: "English",
    locale: "en-GB",
    direction: "ltr",
    weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    months:
      "January February March April May June July August September October November December".split(
        " ",
      ),
    shortMonths: "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split(" "),
    plural: (n: number): "one" | "other" => (n === 1 ? "one" : "other"),
  },
  fr: {
    name: "Français",
    locale: "fr-FR",
    direction: "ltr",
    weekdays: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    months:
      "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(
        " ",
      ),
    shortMonths: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(" "),
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
