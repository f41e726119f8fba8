import type { KeyObject } from "node:crypto";
import type { Logger } from "pino";
import type { Acceptor } from "../link/acceptor.ts";
import type { KeyPair } from "../link/keys.ts";
import type { Site } from "../protocol/site.ts";
import type { Database } from "../storage/open-database.ts";
import type { DeviceStates } from "./devices/device-states.ts";
import type { Errands } from "./devices/errands.ts";
import type { FailureBound } from "./failure-bound.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { CardKeys } from "./people/card-keys.ts";
import type { SignInParts } from "./people/sign-in-parts.ts";
import type { Installs } from "./readers/installs.ts";
import type { Bell } from "./site/bell.ts";

/** What the server's routes are built from; put together once, by `startServer`. */
export type ServerParts = {
  db: Database;
  ledger: Ledger;
  /** The site as the configuration has it; `readSite` knows what was set since, too. */
  declared: Site;
  /** Finds and seals card numbers. */
  cards: CardKeys;
  /** Finds enrolment codes. */
  codeKey: KeyObject;
  /** Finds people's secret queue addresses; providers are given it. */
  addressKey: KeyObject;
  /** Seals what devices ask for. */
  deviceKey: KeyObject;
  /** How devices are, as their bridges last told. */
  deviceStates: DeviceStates;
  /** Errands of people to devices. */
  errands: Errands;
  /** Readers that are given their keys. */
  installs: Installs;
  /** Checks PINs, passwords and codes, and asks the directory. */
  signIn: SignInParts;
  keyPair: KeyPair;
  acceptor: Acceptor;
  /** Rung after every change that bridges or providers have to hear of. */
  bell: Bell;
  metrics: Metrics;
  log: Logger;
  /** Wall clock, milliseconds; for people to read, and for the server's own time-outs that must last. */
  now: () => number;
  /** How long a long poll waits. */
  pollMs: number;
  failures: { cards: FailureBound; codes: FailureBound };
};
