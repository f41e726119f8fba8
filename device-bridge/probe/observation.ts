/** What was seen of a device while a probe printed on it. */

/** The device's own counters at one moment; undefined is what it does not tell. */
export interface OwnCounts {
  readonly sides: number | undefined;
  readonly sheets: number | undefined;
  readonly snmp: number | undefined;
}

/** One test job, from before its first byte to the device at rest. */
export interface TestJob {
  /** What was asked for. */
  readonly sides: number;
  readonly sheets: number;
  readonly colour: number;
  /** Names of wishes that the device said it does not do. */
  readonly unsupported: readonly string[];
  readonly end: "completed" | "canceled" | "aborted" | "forgotten" | "never";
  /** The most that was ever counted for it, and the last count when it had ended. */
  readonly mostSides: number | undefined;
  readonly lastSides: number | undefined;
  readonly lastSheets: number | undefined;
  readonly lastSplit: { readonly colour: number; readonly grey: number } | undefined;
  /** By how much the device's own counters grew. */
  readonly grown: OwnCounts;
  /** It was called completed while sides still came out. */
  readonly completedEarly: boolean;
  /** Its count was whole while sides still came out. */
  readonly countedAhead: boolean;
  /** It could be asked about after its end. */
  readonly remembered: boolean;
}
