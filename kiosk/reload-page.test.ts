import { describe, expect, it } from "vitest";
import { pageReloader } from "./reload-page.ts";

/** A browser's tab that is loaded again and again, each time with the same memory. */
function tab() {
  const kept = new Map<string, string>();
  const pauses: number[] = [];
  const clock = { time: 1_000_000 };
  const load = () =>
    pageReloader({
      memory: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
      },
      now: () => clock.time,
      random: () => 0.5,
      later: (action, ms) => {
        pauses.push(ms);
        clock.time += ms;
        action();
      },
      reload: () => undefined,
    });
  return { load, pauses, clock, kept };
}

describe("loading the page again", () => {
  it("is immediate the first time, and then waits longer and longer, up to a minute", () => {
    const { load, pauses } = tab();
    for (let n = 0; n < 12; n += 1) load()();
    expect(pauses[0]).toBe(0);
    expect(pauses.slice(1, 4)).toEqual([750, 1500, 3000]);
    expect(pauses.at(-1)).toBe(45_000);
  });

  it("begins anew after the page has run well for a while, or the clock was set back", () => {
    const { load, pauses, clock } = tab();
    load()();
    load()();
    clock.time += 300_000;
    load()();
    clock.time -= 10_000_000;
    load()();
    expect(pauses).toEqual([0, 750, 0, 0]);
  });

  it("happens once, however often it is asked for", () => {
    const { load, pauses } = tab();
    const reload = load();
    reload();
    reload();
    expect(pauses).toEqual([0]);
  });

  it("does not mind a memory that holds something else", () => {
    const { load, pauses, kept } = tab();
    kept.set("guichet-reloads", "[{}");
    load()();
    expect(pauses).toEqual([0]);
  });
});
