import type { FirstWords } from "../text/first-words.ts";
import { languages, type Spoken } from "../text/languages.ts";

/** One button for each language that the site offers; nothing where there is only one. */
export function LanguageSwitch(props: {
  words: FirstWords;
  offered: readonly Spoken[];
  onChoose: (language: Spoken) => void;
}) {
  if (props.offered.length < 2) return null;
  return (
    <nav class="languages" aria-label={props.words.text.chooseLanguage}>
      {props.offered.map((language) => (
        <button
          key={language}
          type="button"
          class="language"
          lang={language}
          aria-pressed={language === props.words.language}
          onClick={() => props.onChoose(language)}
        >
          {languages[language].name}
        </button>
      ))}
    </nav>
  );
}
