import type { Pattern } from "./pattern.ts";

/** What an expression found: all of it, and its first group if it has one and that took part. */
export interface Match {
  readonly whole: string;
  readonly group: string | undefined;
}

type Notes = readonly (number | undefined)[];

interface Thread {
  readonly at: number;
  readonly notes: Notes;
}

const nothing: Notes = [undefined, undefined, undefined, undefined];

/**
 * Finds the first place that fits, as greedily as the language's own expressions. All ways are followed
 * at once, each instruction at most once a character, so that no text takes longer than its length.
 */
export function matchPattern(pattern: Pattern, text: string): Match | undefined {
  let threads: Thread[] = [];
  let found: Notes | undefined;
  for (let place = 0; place <= text.length; place++) {
    const next: Thread[] = [];
    const seen = new Set<number>();
    const reach: Reach = { pattern, text, seen };
    // A way that began earlier is wanted more than one that begins here.
    const here: Thread[] = [];
    for (const { at, notes } of threads) follow(reach, { at, notes }, place, here);
    if (found === undefined) follow(reach, { at: 0, notes: nothing }, place, here);
    const code = text.charCodeAt(place);
    for (const { at, notes } of here) {
      const instruction = pattern[at];
      if (instruction?.kind === "found") {
        found = notes;
        break;
      }
      if (instruction?.kind === "one-of" && instruction.codes.has(code))
        next.push({ at: at + 1, notes });
    }
    threads = next;
    if (threads.length === 0 && found !== undefined) break;
  }
  if (found === undefined) return undefined;
  const [start, end, from, to] = found;
  return {
    whole: text.slice(start, end),
    group: from === undefined || to === undefined ? undefined : text.slice(from, to),
  };
}

interface Reach {
  readonly pattern: Pattern;
  readonly text: string;
  readonly seen: Set<number>;
}

/** Follows a way to the characters that it waits for, those wanted more first. */
function follow(reach: Reach, thread: Thread, place: number, into: Thread[]): void {
  const { pattern, text, seen } = reach;
  const open: Thread[] = [thread];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { at, notes } = one;
    if (seen.has(at)) continue;
    seen.add(at);
    const instruction = pattern[at];
    switch (instruction?.kind) {
      case "split":
        open.push({ at: instruction.second, notes }, { at: instruction.first, notes });
        break;
      case "go":
        open.push({ at: instruction.to, notes });
        break;
      case "note":
        open.push({ at: at + 1, notes: notes.with(instruction.slot, place) });
        break;
      case "start":
        if (place === 0) open.push({ at: at + 1, notes });
        break;
      case "end":
        if (place === text.length) open.push({ at: at + 1, notes });
        break;
      case "one-of":
      case "found":
        into.push(one);
        break;
      case undefined:
        throw new Error("A pattern goes on where it has ended.");
    }
  }
}
