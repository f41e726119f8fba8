import type { Logger } from "pino";
import type { ProviderSite } from "../protocol/provider-server.ts";
import type { Database } from "../storage/open-database.ts";
import type { Changes } from "./changes.ts";
import type { Batch } from "./database/batch.ts";
import type { ProviderSelf } from "./database/provider-row.ts";
import type { Uploads } from "./intake/uploads.ts";
import type { Metrics } from "./metrics.ts";
import type { PostScriptToPdf } from "./postscript/postscript-to-pdf.ts";
import type { ProviderLimits } from "./provider-limits.ts";
import type { Spool } from "./spool/spool.ts";

/** The parts of a running provider that its operations and routes work with. */
export interface ProviderContext {
  readonly id: string;
  readonly db: Database;
  /** For changes of many clients at a time; those of one job's claim are committed at once. */
  readonly batch: Batch;
  readonly spool: Spool;
  readonly self: ProviderSelf;
  /** What the provider serves, as last heard from the server, and when it heard it. */
  readonly site: () => ProviderSite;
  readonly siteChangedAt: () => number;
  readonly limits: ProviderLimits;
  /** Makes PDF of PostScript, where this machine can do so safely. */
  readonly postScript: PostScriptToPdf | undefined;
  readonly changes: Changes;
  readonly uploads: Uploads;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that never go back. */
  readonly monotonic: () => number;
  readonly newId: () => string;
  readonly startedAt: number;
  /** The code with which a job of nobody known is taken. */
  readonly codeOf: (jobId: string) => string;
  /** Why no documents are taken at present, in a sentence for people; undefined when they are. */
  readonly notAccepting: () => string | undefined;
  /** Has a job's document counted, when its turn comes. */
  readonly analyse: (jobId: string) => void;
  /** Removes the file of a document whose key is deleted already. Never throws. */
  readonly removeFile: (jobId: string) => void;
}
