import { describe, expect, it } from "vitest";
import { RefusedBecause } from "../../protocol/particulars.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { languageFor, languages, spokenAmong } from "./languages.ts";
import { wordsIn } from "./words.ts";

const english = wordsIn({ language: "en", texts: en, currency: "EUR" });
const french = wordsIn({ language: "fr", texts: fr, currency: "EUR" });
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

/** Every text with its way, plural forms apart. */
function all(value: object, way = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] =>
    typeof inner === "string" ? [[`${way}${key}`, inner]] : all(inner, `${way}${key}.`),
  );
}

/** The plural form that a text is, if it is one, and what it is a form of. */
const formless = (way: string) => way.replace(/\.(one|many|other)$/, "");

const holes = (text: string) =>
  [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort((a, b) => a.localeCompare(b));

describe("the texts", () => {
  it("have the same places for values in both languages", () => {
    const frenchHoles = new Map(all(fr).map(([way, text]) => [formless(way), holes(text)]));
    for (const [way, text] of all(en).filter(([key]) => !key.endsWith(".one")))
      expect([way, frenchHoles.get(formless(way))]).toEqual([way, holes(text)]);
  });

  it("are nowhere empty, and written in the right typography", () => {
    for (const [way, text] of [...all(en), ...all(fr)])
      expect([way, text.trim()]).not.toEqual([way, ""]);
    for (const [way, text] of all(fr)) {
      expect([way, text]).not.toEqual([way, expect.stringContaining("'")]);
      expect([way, text]).not.toEqual([way, expect.stringMatching(/[^\u00a0\u202f][?!;:]/)]);
    }
  });
});

describe("counting", () => {
  it.each([0, 1, 2, 5, 21, 999_999, 1_000_000, 1_000_001, 3_000_000])(
    "puts %i into the category that CLDR does",
    (n) => {
      for (const [tag, { plural }] of Object.entries(languages))
        expect([tag, plural(n)]).toEqual([tag, new Intl.PluralRules(tag).select(n)]);
    },
  );

  it("reads as people write", () => {
    expect(english.count(en.pages, 1)).toBe("1 page");
    expect(english.count(en.pages, 1234)).toBe("1,234 pages");
    expect(plain(french.count(fr.pages, 0))).toBe("0 page");
    expect(plain(french.count(fr.pages, 2_000_000))).toBe("2 000 000 de pages");
  });

  it("leaves nothing in braces, whatever a title holds", () => {
    expect(english.fill("{a} of {b}", { a: "{b}", b: 2 })).toBe("{b} of 2");
  });
});

describe("amounts and moments", () => {
  const now = new Date(2026, 10, 21, 14, 5);
  it("show money as the currency is written", () => {
    expect(english.money(5400)).toBe("€0.54");
    expect(plain(french.money(-5400))).toBe("-0,54 €");
    expect(english.money(250)).toBe("€0.025");
  });

  it("name every day and month as the language does", () => {
    for (let day = 0; day < 366; day += 1) {
      const moment = new Date(2028, 0, 1 + day, 23, 59);
      for (const words of [english, french]) {
        const { locale } = languages[words.language];
        const long = { weekday: "long", day: "numeric", month: "long" } as const;
        const short = { day: "numeric", month: "short" } as const;
        expect(words.date(moment)).toBe(moment.toLocaleDateString(locale, long));
        expect(words.when(moment.toISOString(), now)).toBe(
          moment.toLocaleDateString(locale, short),
        );
      }
    }
    expect(english.time(new Date(2026, 0, 1, 0, 5))).toBe("00:05");
  });

  it("show when a document was sent: today, yesterday, or the date", () => {
    const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 7).toISOString();
    expect(english.when(at(21, 0), now)).toBe("today 00:07");
    expect(french.when(at(20, 23), now)).toBe("hier 23:07");
    expect(english.when(at(3, 9), now)).toBe("3 Nov");
    expect(english.when("what is this? 20 chars", now)).toBe("");
  });
});

describe("why a document is refused", () => {
  it("is said in the person's language, in general terms where the code is not known", () => {
    expect(french.whyRefused("encrypted")).toBe(fr.whyRefused.encrypted);
    for (const because of [undefined, "of-next-year", "constructor"]) {
      expect(french.whyRefused(because)).toBe(fr.whyRefused["analysis-failed"]);
      expect(english.whyRefused(because)).toBe(en.whyRefused["analysis-failed"]);
    }
  });

  it("has words for every code of the protocol", () => {
    const codes = RefusedBecause.anyOf.map((one): string => one.const);
    expect(new Set(Object.keys(en.whyRefused))).toEqual(new Set(codes));
  });
});

describe("the language", () => {
  it("is the first wish that the site offers, else the site's first", () => {
    expect(languageFor([undefined, "fr-CH", "en"], ["en", "fr"])).toBe("fr");
    expect(languageFor(["de", undefined], ["fr", "en"])).toBe("fr");
    expect(languageFor(["fr"], ["en"])).toBe("en");
    expect(languageFor([], ["de", "constructor"])).toBe("en");
  });

  it("is offered once each, among those that the screen speaks", () => {
    expect(spokenAmong(["fr-FR", "de", "fr", "en-GB"])).toEqual(["fr", "en"]);
    expect(spokenAmong(["de"])).toEqual(["en"]);
  });
});
