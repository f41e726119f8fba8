import { useEffect, useState } from "preact/hooks";

type Session = typeof import("./screens/session.tsx")["Session"];

let loaded: Session | undefined;
/** After this, screens that could not be fetched are asked for again. */
const againMs = 2_000;

/**
 * The screens of a session, fetched once the first screen stands (`isTime`), and so long before the
 * first tap: the terminal is ready sooner after it is switched on.
 */
export function useSessionScreens(isTime: boolean): Session | undefined {
  const [Session, setSession] = useState<Session | undefined>(() => loaded);
  useEffect(() => {
    if (!isTime || loaded !== undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetchScreens = () => {
      import("./screens/session.tsx")
        .then((module) => {
          loaded = module.Session;
          setSession(() => module.Session);
        })
        .catch(() => {
          timer = setTimeout(fetchScreens, againMs);
        });
    };
    fetchScreens();
    return () => clearTimeout(timer);
  }, [isTime]);
  return Session;
}
