import type { ListedJob } from "../../protocol/bridge-server.ts";
import type { JobSummary } from "../../protocol/provider-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { loginKey } from "../people/login-name.ts";
import { namesOfPerson } from "../people/more-about.ts";
import { perDatabase } from "../per-database.ts";

const JOBS_AT_MOST = 500;

const statements = perDatabase((db) => ({
  of: statement<{ key: string; most: number }, { provider: string; body: string }>(
    db,
    `SELECT provider, body FROM job WHERE owner_key IN (${namesOfPerson})
     ORDER BY submitted_at DESC, provider, job_id LIMIT :most`,
  ),
}));

/**
 * The jobs of a person that a terminal may show, newest first, from every provider; also those under
 * their other name.
 */
export function jobsOf(db: Database, login: string): ListedJob[] {
  return statements(db)
    .of.all({ key: loginKey(login), most: JOBS_AT_MOST })
    .map(({ provider, body }) => ({
      provider,
      // Written by takeJobs only, from a checked message.
      job: JSON.parse(body) as JobSummary,
    }));
}
