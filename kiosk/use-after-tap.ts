import { useEffect, useState } from "preact/hooks";

type AfterTap = typeof import("./screens/after-tap.tsx")["AfterTap"];

let loaded: AfterTap | undefined;
/** After this, screens that could not be fetched are asked for again. */
const againMs = 2_000;

/**
 * The screens that are only needed after a tap, fetched once the first screen stands (`isTime`), and so
 * long before the first tap: the terminal is ready sooner after it is switched on.
 */
export function useAfterTap(isTime: boolean): AfterTap | undefined {
  const [AfterTap, setAfterTap] = useState<AfterTap | undefined>(() => loaded);
  useEffect(() => {
    if (!isTime || loaded !== undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetchScreens = () => {
      import("./screens/after-tap.tsx")
        .then((module) => {
          loaded = module.AfterTap;
          setAfterTap(() => module.AfterTap);
        })
        .catch(() => {
          timer = setTimeout(fetchScreens, againMs);
        });
    };
    fetchScreens();
    return () => clearTimeout(timer);
  }, [isTime]);
  return AfterTap;
}
