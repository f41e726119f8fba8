import { ReviewShown } from "../protocol/device-profile.ts";
import type { Context } from "./context.ts";
import { adminOf } from "./errand.ts";

/**
 * `guichet review`: settlements at which the counters of a device disagreed. The lower was charged; a
 * person looks at each, corrects it by a credit if need be, and takes it off the list.
 */
export async function review(context: Context, args: string[]): Promise<number> {
  const admin = adminOf(context);
  const [release] = args;
  if (release !== undefined) {
    await admin.post(`/api/admin/review/${encodeURIComponent(release)}`, {}, ReviewShown);
    console.log("Looked at, and off the list. What was charged stays as it is.");
    return 0;
  }
  const { releases } = await admin.get("/api/admin/review", ReviewShown);
  if (releases.length === 0) console.log("Nothing waits for a review.");
  for (const one of releases) {
    console.log(`${one.releaseId}  since ${one.since}`);
    console.log(
      `  ${one.person} at ${one.device}: ${one.charged} of ${one.wanted} sides were charged;`,
      `the job counted ${one.job ?? "nothing"}, the device ${one.counter ?? "nothing"}`,
    );
    console.log(`  looked at: npx guichet review ${one.releaseId}`);
  }
  return 0;
}
