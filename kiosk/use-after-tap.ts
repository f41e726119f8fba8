import { useEffect, useState } from "preact/hooks";

type AfterTap = typeof import("./screens/after-tap.tsx")["AfterTap"];

let loaded: AfterTap | undefined;
/** After this, screens that could not be fetched are asked for again, so many times. */
const againMs = 2_000;
const mostTries = 3;

/**
 * The screens that are only needed after a tap, fetched once the first screen stands (`isTime`), and so
 * long before the first tap: the terminal is ready sooner after it is switched on. `giveUp` is called
 * when they cannot be had: the bridge has been replaced by one of another build.
 */
export function useAfterTap(isTime: boolean, giveUp: () => void): AfterTap | undefined {
  const [AfterTap, setAfterTap] = useState<AfterTap | undefined>(() => loaded);
  useEffect(() => {
    if (!isTime || loaded !== undefined) return;
    let tries = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetchScreens = () => {
      import("./screens/after-tap.tsx")
        .then((module) => {
          loaded = module.AfterTap;
          setAfterTap(() => module.AfterTap);
        })
        .catch(() => {
          tries += 1;
          if (tries < mostTries) timer = setTimeout(fetchScreens, againMs);
          else giveUp();
        });
    };
    fetchScreens();
    return () => clearTimeout(timer);
  }, [isTime]);
  return AfterTap;
}
