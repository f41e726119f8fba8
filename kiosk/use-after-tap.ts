import { useEffect, useState } from "preact/hooks";
import type { Spoken } from "./text/languages.ts";
import { loadTexts } from "./text/load-texts.ts";

type AfterTap = typeof import("./screens/after-tap.tsx")["AfterTap"];

let loaded: AfterTap | undefined;
/** The first screen is painted before the rest is fetched. */
const firstPaintMs = 300;
/** After this, what could not be fetched is asked for again, so many times. */
const againMs = 2_000;
const mostTries = 3;

/**
 * The screens that are only needed after a tap, fetched (with the texts of the other languages) once
 * the first screen stands, and so long before the first tap: the terminal is ready sooner after it is
 * switched on. `giveUp` is called when they cannot be had: the bridge has been replaced by one of
 * another build.
 */
export function useAfterTap(options: {
  isTime: boolean;
  offered: readonly Spoken[];
  giveUp: () => void;
}): AfterTap | undefined {
  const { isTime, offered, giveUp } = options;
  const [AfterTap, setAfterTap] = useState<AfterTap | undefined>(() => loaded);
  useEffect(() => {
    if (!isTime || loaded !== undefined) return;
    let tries = 0;
    const fetchRest = () => {
      Promise.all([import("./screens/after-tap.tsx"), ...offered.map(loadTexts)])
        .then(([module]) => {
          loaded = module.AfterTap;
          setAfterTap(() => module.AfterTap);
        })
        .catch(() => {
          tries += 1;
          if (tries < mostTries) timer = setTimeout(fetchRest, againMs);
          else giveUp();
        });
    };
    let timer = setTimeout(fetchRest, firstPaintMs);
    return () => clearTimeout(timer);
  }, [isTime]);
  return AfterTap;
}
