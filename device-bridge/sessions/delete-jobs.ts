import type { Link } from "../../link/client.ts";
import { DeleteJobsReply } from "../../protocol/bridge-provider.ts";
import type { Session } from "./session.ts";

/**
 * Gives jobs up at the providers that hold them. Gives those that are still there: claimed meanwhile,
 * or at a provider that did not answer.
 */
export async function deleteJobs(
  session: Pick<Session, "jobs">,
  jobIds: readonly string[],
  provider: (id: string) => Link | undefined,
): Promise<readonly string[]> {
  const wanted = new Set(jobIds);
  const byProvider = new Map<string, { owner: string; jobIds: string[] }>();
  for (const { provider: id, job } of session.jobs) {
    if (!wanted.has(job.jobId)) continue;
    const own = byProvider.get(id) ?? { owner: job.owner, jobIds: [] };
    own.jobIds.push(job.jobId);
    byProvider.set(id, own);
  }
  const left = await Promise.all(
    [...byProvider].map(async ([id, request]) => {
      try {
        const reply = await provider(id)?.post("/api/jobs/delete", request, DeleteJobsReply);
        return reply?.kept ?? request.jobIds;
      } catch {
        return request.jobIds;
      }
    }),
  );
  return left.flat();
}
