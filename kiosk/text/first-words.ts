import { firstEn } from "./first-en.ts";
import { firstFr } from "./first-fr.ts";
import { languages, type Spoken } from "./languages.ts";
import type { FirstTexts } from "./texts.ts";

/** What the screens before a tap need to speak one language. */
export type FirstWords = {
  language: Spoken;
  direction: "ltr" | "rtl";
  text: FirstTexts;
  /** Puts values in the places of `{name}`. */
  fill: (pattern: string, values: Readonly<Record<string, string>>) => string;
  /** The time of day. */
  time: (moment: Date) => string;
  /** The weekday and date. */
  date: (moment: Date) => string;
};

const texts: Record<Spoken, FirstTexts> = { en: firstEn, fr: firstFr };

const two = (n: number) => String(n).padStart(2, "0");

/**
 * The words of the first screen. They are in the page's own script, in every language, so that nothing
 * more has to be fetched for it; and they leave `Intl` alone, which takes a quarter of a second to make
 * its first date on the processor of an old panel.
 */
export function firstWordsIn(language: Spoken): FirstWords {
  const { direction, weekdays, months } = languages[language];
  return {
    language,
    direction,
    text: texts[language],
    fill: (pattern, values) =>
      pattern.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""),
    time: (moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}`,
    date: (moment) =>
      `${weekdays[moment.getDay()]} ${moment.getDate()} ${months[moment.getMonth()]}`,
  };
}
