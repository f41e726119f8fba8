import type { Random } from "./random.ts";
import type { Life, World } from "./world.ts";

/** The process ends here and now. Thrown to leave whatever it was doing; never to be handled by it. */
export class PowerCut extends Error {}

/** A machine with one process that is started again when it dies, and a disk that outlives it. */
export interface Host {
  readonly name: string;
  /** The present life, or undefined while the process is down. */
  life(): Life | undefined;
  /** Ends the process and starts it again after a while. */
  crash(why: string): void;
  /** Does something within the process: it may die of it. Our own errors end the history. */
  within<T>(work: () => T): T | undefined;
  /** Starts the process now if it is down. */
  start(): void;
  /** The history is over: nothing may be left behind. */
  close(): void;
}

/** `boot` is given each new life. `onCrash` happens to what the disk had not. */
export function createHost(options: {
  readonly world: World;
  readonly random: Random;
  readonly name: string;
  readonly boot: (life: Life) => void;
  readonly onCrash?: () => void;
}): Host {
  const { world, random, name, boot, onCrash } = options;
  let life: Life | undefined;

  function endLife(): void {
    const over = life;
    life = undefined;
    if (over === undefined) return;
    over.isOver = true;
    for (const notice of over.atEnd) notice();
  }

  const host: Host = {
    name,
    life: () => life,
    crash(why) {
      if (life === undefined) return;
      world.note(name, `dies (${why})`);
      onCrash?.();
      endLife();
      world.after(random.wait(1_500, 60_000), machine, host.start);
    },
    within(work) {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof PowerCut)) world.fail(error);
        return undefined;
      }
    },
    start() {
      if (life !== undefined) return;
      const begun: Life = { of: name, isOver: false, atEnd: new Set() };
      life = begun;
      world.note(name, "starts");
      host.within(() => boot(begun));
    },
    close: endLife,
  };
  const machine: Life = { of: `${name}'s machine`, isOver: false, atEnd: new Set() };
  return host;
}
