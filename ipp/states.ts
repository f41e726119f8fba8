/** RFC 8011 §5.3.7, `job-state`. */
export const jobState = {
  pending: 3,
  pendingHeld: 4,
  processing: 5,
  processingStopped: 6,
  canceled: 7,
  aborted: 8,
  completed: 9,
} as const;

export type JobStateName = keyof typeof jobState;

/** RFC 8011 §5.4.11, `printer-state`. */
export const printerState = {
  idle: 3,
  processing: 4,
  stopped: 5,
} as const;

export type PrinterStateName = keyof typeof printerState;

const jobStateNames = new Map<number, JobStateName>(
  (Object.keys(jobState) as JobStateName[]).map((name) => [jobState[name], name]),
);

const printerStateNames = new Map<number, PrinterStateName>(
  (Object.keys(printerState) as PrinterStateName[]).map((name) => [printerState[name], name]),
);

/** The name of a `job-state`, or undefined for a number that no standard has. */
export function jobStateName(value: number | undefined): JobStateName | undefined {
  return value === undefined ? undefined : jobStateNames.get(value);
}

/** The name of a `printer-state`, or undefined for a number that no standard has. */
export function printerStateName(value: number | undefined): PrinterStateName | undefined {
  return value === undefined ? undefined : printerStateNames.get(value);
}

/** Whether no page of the job will come any more: `canceled`, `aborted` or `completed`. */
export function isTerminal(state: JobStateName): boolean {
  return state === "canceled" || state === "aborted" || state === "completed";
}

/** RFC 8011 §5.2.8 and §5.2.10: `orientation-requested` and `print-quality`. */
export const orientation = {
  portrait: 3,
  landscape: 4,
  reverseLandscape: 5,
  reversePortrait: 6,
  none: 7,
} as const;

export const printQuality = {
  draft: 3,
  normal: 4,
  high: 5,
} as const;
