import type { Host } from "./host.ts";
import type { Random } from "./random.ts";
import type { Weather } from "./weather.ts";
import { type Life, nature, type World } from "./world.ts";

export interface Asking<T> {
  readonly from: Life;
  readonly to: Host;
  /** For the history: what is asked. */
  readonly what: string;
  /** The answer, for the history. Without it this is not worth a line there. */
  readonly tell?: (answer: T) => string;
  readonly timeoutMs: number;
  /** What the other process does with the request; it may be asked to more than once. */
  readonly handle: () => T;
  /** Called once: with the answer, or with undefined when there was none in time. */
  readonly answered: (answer: T | undefined) => void;
}

export interface Network {
  /** Asks a process on another machine. Request and answer may each be lost, doubled and late. */
  ask<T>(asking: Asking<T>): void;
  /** Whether nothing passes between these two machines at present. */
  isCut(a: string, b: string): boolean;
  cut(a: string, b: string): void;
  isHealed(): boolean;
  /** From now on everything passes, once, and soon. */
  heal(): void;
}

/** The network between the roles. What it does wrong is chance, as strong as the weather is. */
export function createNetwork(options: {
  readonly world: World;
  readonly random: Random;
  readonly weather: Weather;
}): Network {
  const { world, random, weather } = options;
  const cuts = new Set<string>();
  let healed = false;

  /** When each copy of a message arrives, in milliseconds from now; none for a lost one. */
  function copies(a: string, b: string): number[] {
    const delay = () => (healed ? random.between(1, 20) : random.wait(15, weather.lateMs));
    if (healed) return [delay()];
    if (cuts.has(pair(a, b)) || random.chance(weather.loss)) return [];
    return random.chance(weather.doubling) ? [delay(), delay()] : [delay()];
  }

  return {
    ask({ from, to, what, tell, timeoutMs, handle, answered }) {
      let isOpen = true;
      const close = (how: string, answer?: Parameters<typeof answered>[0]) => {
        if (!isOpen || from.isOver) return;
        isOpen = false;
        callOff();
        if (tell !== undefined) world.note(from.of, `${what} → ${to.name}: ${how}`);
        answered(answer);
      };
      const callOff = world.after(timeoutMs, from, () => close("no answer in time"));
      const reply = (answer: ReturnType<typeof handle>) => {
        for (const ms of copies(to.name, from.of))
          world.after(ms, nature, () => close(tell?.(answer) ?? "", answer));
      };
      const arrive = () => {
        if (to.life() === undefined) {
          world.after(1, from, () => close("nobody is there"));
          return;
        }
        if (tell !== undefined && (!isOpen || from.isOver))
          world.note(to.name, `hears ${what} of ${from.of}, late or again`);
        const answer = to.within(() => ({ it: handle() }));
        if (answer === undefined) return;
        if (!healed && random.chance(weather.crashAfterCommit)) {
          to.crash(`after ${what}, before its answer`);
          return;
        }
        reply(answer.it);
      };
      for (const ms of copies(from.of, to.name)) world.after(ms, nature, arrive);
    },
    isCut: (a, b) => cuts.has(pair(a, b)),
    cut(a, b) {
      if (healed || cuts.has(pair(a, b))) return;
      world.note("network", `nothing passes between ${a} and ${b}`);
      cuts.add(pair(a, b));
      world.after(random.wait(10_000, 120_000), nature, () => {
        if (cuts.delete(pair(a, b))) world.note("network", `${a} and ${b} are together again`);
      });
    },
    isHealed: () => healed,
    heal() {
      healed = true;
      cuts.clear();
    },
  };
}

function pair(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
