import type { Phase } from "./release.ts";

export interface ReleaseStep {
  /** 1 journalled, 2 claim, 3 reserve, 4 device, 5 watch, 6 outcome. */
  readonly step: 2 | 3 | 4 | 5 | 6;
  readonly what: string;
}

/** The step of the road that a change of phase is, for the log; undefined when it is none. */
export function stepOf(before: Phase, after: Phase): ReleaseStep | undefined {
  if (before.kind === "printing" && after.kind === "printing") {
    const handedOver = before.watch.upload === "in-course" && after.watch.upload !== "in-course";
    return handedOver ? { step: 5, what: `watching, upload ${after.watch.upload}` } : undefined;
  }
  if (after.kind === before.kind) return undefined;
  switch (after.kind) {
    case "printing":
      return { step: 4, what: "sending" };
    case "waiting":
      return undefined;
    case "claiming":
      return { step: 2, what: "claiming" };
    case "withdrawing":
      return { step: 2, what: "withdrawing" };
    case "reserving":
      return { step: 3, what: "reserving" };
    case "preparing":
      return { step: 3, what: "reserving, and making the device's job" };
    case "readying":
      return { step: 4, what: "waiting for the device to rest" };
    case "creating":
      return { step: 4, what: "making the device's job" };
    case "clearing":
      return { step: 4, what: "looking for a job that nobody answered for" };
    case "finishing":
      return { step: 6, what: `ended: ${after.outcome.kind}` };
    case "undecided":
      return { step: 6, what: "waiting for a decision" };
    case "closed":
      return { step: 6, what: "closed" };
  }
}
