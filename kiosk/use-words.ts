import { useEffect, useMemo, useState } from "preact/hooks";
import type { Spoken } from "./text/languages.ts";
import { loadTexts, textsOf } from "./text/load-texts.ts";
import { type Words, wordsIn } from "./text/words.ts";

/** After this, texts that could not be fetched are asked for again. */
const againMs = 2_000;

/**
 * The words of `language`, as soon as it is known; of the language before while they are being fetched, and nothing before the
 * first. The other languages that are `offered` are fetched after it, so that a switch is instant.
 */
export function useWords(
  language: Spoken | undefined,
  offered: readonly Spoken[],
  currency: string,
): Words | undefined {
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
        .then(() => Promise.all(offered.map(loadTexts)))
        .catch(() => {
          if (isCurrent) timer = setTimeout(fetchTexts, againMs);
        });
    };
    fetchTexts();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [language, offered.join()]);
  return useMemo(() => {
    const texts = shown === undefined ? undefined : textsOf(shown);
    if (shown === undefined || texts === undefined) return undefined;
    return wordsIn({ language: shown, texts, currency });
  }, [shown, currency]);
}
