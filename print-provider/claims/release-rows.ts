import type { Database } from "../../storage/open-database.ts";
import { prepared } from "../database/prepared.ts";
import type { ClaimRefusal, Release, ReleaseState } from "./claim-state.ts";

interface ReleaseRow {
  readonly release_id: string;
  readonly attempt: number;
  readonly bridge: string;
  readonly device: string;
  readonly fence: number;
  readonly state: string;
  readonly refusal: string | null;
}

const read = prepared<{ job_id: string }, ReleaseRow>(
  `SELECT release_id, attempt, bridge, device, fence, state, refusal FROM release
   WHERE job_id = :job_id`,
);
const write = prepared<{
  job_id: string;
  release_id: string;
  attempt: number;
  bridge: string;
  device: string;
  fence: number;
  state: string;
  refusal: string | null;
}>(
  `INSERT INTO release (job_id, release_id, attempt, bridge, device, fence, state, refusal)
   VALUES (:job_id, :release_id, :attempt, :bridge, :device, :fence, :state, :refusal)
   ON CONFLICT (job_id, release_id) DO UPDATE SET attempt = excluded.attempt,
     bridge = excluded.bridge, device = excluded.device, fence = excluded.fence,
     state = excluded.state, refusal = excluded.refusal`,
);

/** Every release that ever asked for the job, by its id. */
export function readReleases(db: Database, jobId: string): Map<string, Release> {
  return new Map(
    read(db)
      .all({ job_id: jobId })
      .map((row) => [row.release_id, releaseOf(row)]),
  );
}

export function writeRelease(db: Database, jobId: string, release: Release): void {
  const { releaseId, refusal, ...rest } = release;
  write(db).run({ job_id: jobId, release_id: releaseId, refusal: refusal ?? null, ...rest });
}

/** The columns' CHECK and this file's own writing keep the words to the known ones. */
function releaseOf(row: ReleaseRow): Release {
  const { release_id, state, refusal, ...rest } = row;
  return {
    releaseId: release_id,
    ...rest,
    state: state as ReleaseState,
    ...(refusal === null ? {} : { refusal: refusal as ClaimRefusal }),
  };
}
