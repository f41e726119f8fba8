import { useEffect, useMemo, useState } from "preact/hooks";
import type { Spoken } from "./text/languages.ts";
import { loadTexts, textsOf } from "./text/load-texts.ts";
import { type Words, wordsIn } from "./text/words.ts";

/** After this, texts that could not be fetched are asked for again. */
const againMs = 2_000;

/**
 * The words of `language`, as soon as it is known; while they are being fetched those of the language
 * before, and nothing before the first.
 */
export function useWords(language: Spoken | undefined, currency: string): Words | undefined {
  const [shown, setShown] = useState<Spoken | undefined>(
    language === undefined || textsOf(language) === undefined ? undefined : language,
  );
  useEffect(() => {
    if (language === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const fetchTexts = () => {
      loadTexts(language)
        .then(() => isCurrent && setShown(language))
        .catch(() => {
          if (isCurrent) timer = setTimeout(fetchTexts, againMs);
        });
    };
    fetchTexts();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [language]);
  return useMemo(() => {
    const texts = shown === undefined ? undefined : textsOf(shown);
    if (shown === undefined || texts === undefined) return undefined;
    return wordsIn({ language: shown, texts, currency });
  }, [shown, currency]);
}
