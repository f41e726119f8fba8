import { useEffect, useMemo, useState } from "preact/hooks";
import { sessionPartIsHere } from "./session-part.ts";
import type { Spoken } from "./text/languages.ts";
import { loadTexts, textsOf } from "./text/load-texts.ts";
import type { Words } from "./text/words.ts";

type Parts = {
  AfterTap: typeof import("./screens/after-tap.tsx")["AfterTap"];
  wordsIn: typeof import("./text/words.ts")["wordsIn"];
};

let loaded: Parts | undefined;
/** The first screen is painted before the rest is fetched. */
const firstPaintMs = 300;
/** After this, what could not be fetched is asked for again, so many times. */
const againMs = 2_000;
const mostTries = 3;

async function load(offered: readonly Spoken[]): Promise<void> {
  const [screens, words, session, keys, letters] = await Promise.all([
    import("./screens/after-tap.tsx"),
    import("./text/words.ts"),
    import("./session.machine.ts"),
    import("./keys.ts"),
    import("./wider-letters.ts"),
    ...offered.map(loadTexts),
  ]);
  if (loaded === undefined) {
    keys.listenForKeys(document);
    letters.addWiderLetters(document);
  }
  sessionPartIsHere(session.sessionMachine);
  loaded = { AfterTap: screens.AfterTap, wordsIn: words.wordsIn };
}

/**
 * The screens that are only needed after a tap and all the words of `language`, fetched once the first
 * screen stands, and so long before the first tap: the terminal is ready sooner after it is switched
 * on. `giveUp` is called when they cannot be had: the bridge has been replaced by one of another build.
 */
export function useAfterTap(options: {
  isTime: boolean;
  language: Spoken;
  offered: readonly Spoken[];
  currency: string;
  onLoaded: () => void;
  giveUp: () => void;
}): { AfterTap: Parts["AfterTap"]; words: Words } | undefined {
  const { isTime, language, offered, currency, onLoaded, giveUp } = options;
  const [, setLoads] = useState(0);
  const isWhole = loaded !== undefined && offered.every((one) => textsOf(one) !== undefined);
  useEffect(() => {
    if (!isTime || isWhole) return;
    let tries = 0;
    const fetchRest = () => {
      load(offered)
        .then(() => {
          setLoads((loads) => loads + 1);
          onLoaded();
        })
        .catch(() => {
          tries += 1;
          if (tries < mostTries) timer = setTimeout(fetchRest, againMs);
          else giveUp();
        });
    };
    let timer = setTimeout(fetchRest, firstPaintMs);
    return () => clearTimeout(timer);
  }, [isTime, isWhole, offered.join()]);
  const texts = textsOf(language);
  return useMemo(() => {
    if (loaded === undefined || texts === undefined) return undefined;
    return { AfterTap: loaded.AfterTap, words: loaded.wordsIn({ language, texts, currency }) };
  }, [loaded, texts, language, currency]);
}
