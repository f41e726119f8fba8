import { useEffect, useState } from "preact/hooks";

type SignIn = typeof import("./sign-in/sign-in.tsx")["SignIn"];

let loaded: SignIn | undefined;
/** After the screens that a tap leads to. */
const laterMs = 1_500;
const againMs = 2_000;
const mostTries = 3;

/**
 * The screens of signing in by typing, fetched at once when somebody types, and else some time after
 * the first screen stands where typing may be asked for. `giveUp` is called when they cannot be had.
 */
export function useSignIn(options: {
  isNeeded: boolean;
  mayBeNeeded: boolean;
  giveUp: () => void;
}): SignIn | undefined {
  const { isNeeded, mayBeNeeded, giveUp } = options;
  const [SignIn, setSignIn] = useState<SignIn | undefined>(() => loaded);
  useEffect(() => {
    if (!(isNeeded || mayBeNeeded) || loaded !== undefined) return;
    let tries = 0;
    const fetchScreens = () => {
      import("./sign-in/sign-in.tsx")
        .then((module) => {
          loaded = module.SignIn;
          setSignIn(() => module.SignIn);
        })
        .catch(() => {
          tries += 1;
          if (tries < mostTries) timer = setTimeout(fetchScreens, againMs);
          else giveUp();
        });
    };
    let timer = setTimeout(fetchScreens, isNeeded ? 0 : laterMs);
    return () => clearTimeout(timer);
  }, [isNeeded, mayBeNeeded]);
  return SignIn;
}
