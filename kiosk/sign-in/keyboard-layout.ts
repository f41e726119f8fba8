import type { Spoken } from "../text/languages.ts";

/** Which keys the keyboard shows. */
export type Page = "letters" | "capitals" | "symbols" | "more";
export type Layout = readonly (readonly string[])[];

const letters: Record<Spoken, string> = {
  en: "qwertyuiop asdfghjkl zxcvbnm",
  fr: "azertyuiop qsdfghjklm wxcvbn'",
};
const symbols = "1234567890 @.-_!?#$%& /*+=():;,";
const more = `"'[]{}<>|\\ ^~\`€£§°éèà çùâêîôûäöüß`;
/** A panel on its side has no room for ten keys in a line; in a grid the alphabet is found sooner. */
const upright = "abcdefg hijklmn opqrstu vwxyz";

/** The lines of keys of a page; a panel in portrait has seven keys in a line, others ten at most. */
export function layoutOf(options: { page: Page; language: Spoken; isPortrait: boolean }): Layout {
  const { page, language, isPortrait } = options;
  const lines = (text: string) => text.split(" ").map((line) => [...line]);
  switch (page) {
    case "letters":
      return lines(isPortrait ? upright : letters[language]);
    case "capitals":
      return lines((isPortrait ? upright : letters[language]).toUpperCase());
    case "symbols":
      return isPortrait ? inSevens(symbols) : lines(symbols);
    case "more":
      return isPortrait ? inSevens(more) : lines(more);
  }
}

function inSevens(text: string): string[][] {
  const keys = [...text.replaceAll(" ", "")];
  const rows: string[][] = [];
  for (let from = 0; from < keys.length; from += 7) rows.push(keys.slice(from, from + 7));
  return rows;
}
