import type { DeviceProblem } from "../../protocol/kiosk.ts";

/** State reasons without their severity, RFC 8011 §5.4.12 and PWG 5100.9, in a person's terms. */
const meanings = new Map<string, DeviceProblem>([
  ["media-jam", "paper-jam"],
  ["door-open", "door-open"],
  ["cover-open", "door-open"],
  ["interlock-open", "door-open"],
  ["media-empty", "out-of-paper"],
  ["media-needed", "out-of-paper"],
  ["toner-empty", "out-of-toner"],
  ["marker-supply-empty", "out-of-toner"],
  ["developer-empty", "out-of-toner"],
  ["output-area-full", "output-full"],
  ["paused", "paused"],
  ["moving-to-paused", "paused"],
  ["input-tray-missing", "needs-attention"],
  ["output-tray-missing", "needs-attention"],
  ["marker-waste-full", "needs-attention"],
  ["fuser-over-temp", "needs-attention"],
  ["fuser-under-temp", "needs-attention"],
]);

/** Worst first: what must be mended before the others can be. */
const order: readonly DeviceProblem[] = [
  "unreachable",
  "key-changed",
  "paper-jam",
  "door-open",
  "out-of-paper",
  "out-of-toner",
  "output-full",
  "needs-attention",
  "paused",
];

/** Nothing can print through these, whatever a device calls them. */
const neverJustWarnings: ReadonlySet<DeviceProblem> = new Set(["paper-jam", "door-open"]);

export interface DeviceTrouble {
  /** What keeps the device from printing, worst first. */
  readonly problems: readonly DeviceProblem[];
  /** What it warns of that would keep it from printing if it were one. */
  readonly suspicions: readonly DeviceProblem[];
}

/**
 * Reads `printer-state-reasons`. The severity is the keyword's end: `-error` blocks, `-report` and
 * `-warning` do not, and without one the keyword itself decides. A device that is stopped for no reason
 * it tells needs attention all the same.
 */
export function troubleOf(device: {
  readonly state: "idle" | "processing" | "stopped" | undefined;
  readonly reasons: readonly string[];
}): DeviceTrouble {
  const problems = new Set<DeviceProblem>();
  const suspicions = new Set<DeviceProblem>();
  for (const reason of device.reasons) {
    const [, keyword = reason, severity] = /^(.*?)(?:-(error|warning|report))?$/.exec(reason) ?? [];
    const meaning = meanings.get(keyword);
    switch (severity) {
      case "error":
        problems.add(meaning ?? "needs-attention");
        break;
      case "warning":
        if (meaning === undefined) break;
        (neverJustWarnings.has(meaning) ? problems : suspicions).add(meaning);
        break;
      case "report":
        break;
      default:
        if (meaning !== undefined) problems.add(meaning);
    }
  }
  if (device.state === "stopped" && problems.size === 0) {
    for (const suspicion of suspicions) problems.add(suspicion);
    if (problems.size === 0) problems.add("needs-attention");
  }
  return { problems: sorted(problems), suspicions: sorted(suspicions) };
}

function sorted(problems: ReadonlySet<DeviceProblem>): DeviceProblem[] {
  return order.filter((problem) => problems.has(problem));
}
