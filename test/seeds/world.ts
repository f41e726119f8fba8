/**
 * One life of a process, from its start to its end. What it had asked for happens to nobody once it
 * has ended: a process that is gone hears nothing.
 */
export interface Life {
  readonly of: string;
  isOver: boolean;
  /** Called at its end, for those who notice: connections break. */
  readonly atEnd: Set<() => void>;
}

/** How the world came to rest, or did not. */
export type Rest = "quiet" | "time-is-up" | "too-much-happens";

export interface World {
  /** Wall clock of all machines, in milliseconds since 1970. */
  now(): number;
  /** Does something later, unless the life that wants it is over by then. Gives a way to call it off. */
  after(ms: number, life: Life, task: () => void): () => void;
  /** A line of the history, for who reads it afterwards. */
  note(who: string, what: string): void;
  /** Ends the history: something happened that must not. */
  fail(error: unknown): void;
  /** Lets things happen until nothing is left to happen. Throws what was told to `fail`. */
  run(bounds: { readonly untilMs: number; readonly mostEvents: number }): Promise<Rest>;
  readonly trace: readonly string[];
}

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly life: Life;
  readonly task: () => void;
  off: boolean;
}

/** Where everything that has no life of its own belongs: wires, paper, people. */
export const nature: Life = { of: "nature", isOver: false, atEnd: new Set() };

export const beginning = Date.UTC(2026, 0, 5, 8);

/**
 * A world whose time goes on only from one happening to the next. Of happenings at the same moment the
 * one that was wanted first comes first.
 */
export function createWorld(): World {
  const queue: Happening[] = [];
  const trace: string[] = [];
  let now = beginning;
  let order = 0;
  let failure: { readonly error: unknown } | undefined;

  return {
    now: () => now,
    after(ms, life, task) {
      const happening = { at: now + Math.max(0, ms), order: order++, life, task, off: false };
      push(queue, happening);
      return () => {
        happening.off = true;
      };
    },
    note(who, what) {
      trace.push(`${((now - beginning) / 1000).toFixed(3).padStart(10)}  ${who}: ${what}`);
    },
    fail(error) {
      failure ??= { error };
    },
    async run({ untilMs, mostEvents }) {
      for (let count = 0; count < mostEvents; count += 1) {
        const next = pop(queue);
        if (next === undefined) return "quiet";
        if (next.off || next.life.isOver) continue;
        if (next.at > untilMs) {
          push(queue, next);
          now = untilMs;
          return "time-is-up";
        }
        now = next.at;
        next.task();
        await whatFollows();
        if (failure !== undefined) throw failure.error;
      }
      return "too-much-happens";
    },
    trace,
  };
}

/** Lets every promise that was kept go on as far as it can at this moment. */
function whatFollows(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function isBefore(a: Happening, b: Happening): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** Into a heap whose first element is the next to happen. */
function push(heap: Happening[], happening: Happening): void {
  let hole = heap.length;
  heap.push(happening);
  while (hole > 0) {
    const above = (hole - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(happening, parent)) break;
    heap[hole] = parent;
    hole = above;
  }
  heap[hole] = happening;
}

function pop(heap: Happening[]): Happening | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  let hole = 0;
  for (;;) {
    const left = heap[2 * hole + 1];
    const right = heap[2 * hole + 2];
    const isRight = right !== undefined && left !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (child === undefined || !isBefore(child, last)) break;
    heap[hole] = child;
    hole = 2 * hole + (isRight ? 2 : 1);
  }
  heap[hole] = last;
  return first;
}
