import { useEffect, useState } from "preact/hooks";

/** The time now, new with each minute of the clock on the wall. */
export function useMinute(): Date {
  const [minute, setMinute] = useState(() => new Date());
  useEffect(() => {
    const untilNext = 60_000 - (Date.now() % 60_000);
    const timer = setTimeout(() => setMinute(new Date()), untilNext);
    return () => clearTimeout(timer);
  }, [minute]);
  return minute;
}

/** Whole seconds until `deadline`, never below 0; both are milliseconds of the steady clock `now`. */
export function useSecondsUntil(deadline: number, now: () => number): number {
  const seconds = () => Math.max(0, Math.ceil((deadline - now()) / 1000));
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds());
    const timer = setInterval(() => setLeft(seconds()), 250);
    return () => clearInterval(timer);
  }, [deadline]);
  return left;
}
