import { moneyFormatter } from "../../pricing/money.ts";
import type { CannotDo } from "../../protocol/handling.ts";
import { type FirstWords, firstWordsIn } from "./first-words.ts";
import { type Counted, languages, type Spoken } from "./languages.ts";
import type { Texts } from "./texts.ts";

/** Everything that a screen needs to speak one language. */
export type Words = Omit<FirstWords, "text" | "fill"> & {
  text: Texts;
  /** A name or title as it may be shown here: whole, unless the site masks them. */
  name: (text: string) => string;
  /** Puts values in the places of `{name}`; numbers as the language writes them. */
  fill: (pattern: string, values: Readonly<Record<string, string | number>>) => string;
  /** The form that the count needs, with the count in it. */
  count: (forms: Counted, n: number) => string;
  money: (tenThousandths: number) => string;
  /** What a device cannot do, as one remark. */
  cannot: (what: readonly CannotDo[]) => string;
  /** Why a document is refused and what to do; in general terms where the reason is not known here. */
  whyRefused: (because: string | undefined) => string;
  /** When something happened, seen from `now`: the time today and yesterday, the date before. */
  when: (moment: string, now: Date) => string;
};

/** Makes the words of one language; `currency` is an ISO 4217 code. */
export function wordsIn(options: { language: Spoken; texts: Texts; currency: string }): Words {
  const { language, texts: text, currency } = options;
  const { locale, plural, shortMonths } = languages[language];
  const first = firstWordsIn(language);
  const whyRefused = new Map<string, string>(Object.entries(text.whyRefused));
  const numbers = new Intl.NumberFormat(locale);
  const number = (value: string | number) =>
    typeof value === "number" ? numbers.format(value) : value;
  const fill: Words["fill"] = (pattern, values) =>
    pattern.replace(/\{(\w+)\}/g, (_, name: string) => number(values[name] ?? ""));
  return {
    ...first,
    text,
    name: (whole) => whole,
    fill,
    count: (forms, n) => fill(forms[plural(n)] ?? forms.other, { n }),
    cannot: (what) =>
      fill(text.cannotHere, { what: what.map((one) => text.cannot[one]).join(", ") }),
    money: moneyFormatter({ currency, language: locale }),
    whyRefused: (because) => whyRefused.get(because ?? "") ?? text.whyRefused["analysis-failed"],
    when: (moment, now) => {
      const then = new Date(moment);
      if (Number.isNaN(then.getTime())) return "";
      const daysAgo = Math.round((startOfDay(now) - startOfDay(then)) / 86_400_000);
      if (daysAgo === 0) return fill(text.today, { time: first.time(then) });
      if (daysAgo === 1) return fill(text.yesterday, { time: first.time(then) });
      return `${then.getDate()} ${shortMonths[then.getMonth()]}`;
    },
  };
}

function startOfDay(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}
