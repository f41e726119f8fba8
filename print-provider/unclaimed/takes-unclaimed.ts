import type { Queue } from "../../protocol/site.ts";

/** Whether a queue keeps jobs of nobody known. A direct queue would print them at once. */
export function takesUnclaimed({ unclaimed, kind }: Queue): boolean {
  return unclaimed === true && kind !== "direct";
}
