import { useEffect, useState } from "preact/hooks";

type Code = typeof import("./code/code.tsx")["Code"];

let loaded: Code | undefined;

/**
 * The screen for codes, fetched once somebody is here who may want it. Undefined until it is there;
 * where it cannot be had, the next person's session tries again.
 */
export function useCode(mayBeNeeded: boolean): Code | undefined {
  const [Code, setCode] = useState<Code | undefined>(() => loaded);
  useEffect(() => {
    if (!mayBeNeeded || loaded !== undefined) return;
    import("./code/code.tsx")
      .then((module) => {
        loaded = module.Code;
        setCode(() => module.Code);
      })
      .catch(() => undefined);
  }, [mayBeNeeded]);
  return Code;
}
