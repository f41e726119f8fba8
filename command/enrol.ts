import { EnrolmentCodeReply } from "../protocol/admin.ts";
import { adminClient } from "./admin-client.ts";
import type { Context } from "./context.ts";
import { WrongCall } from "./wrong-call.ts";

/** `guichet enrol`: a one-time code for one named bridge or provider, to be typed where it starts. */
export async function enrol(context: Context, args: string[]): Promise<number> {
  const [role, subject] = args;
  if ((role !== "bridge" && role !== "provider") || subject === undefined) throw new WrongCall();
  const admin = adminClient({
    url: context.settings.server.localUrl,
    serverFolder: context.folders.server,
  });
  const { code, minutes, serverKey } = await admin.post(
    "/api/admin/enrolment-codes",
    { role, subject },
    EnrolmentCodeReply,
  );
  // With the key after it, so that over TLS the right server is known from the first word on.
  const typed = `${code}.${serverKey}`;
  console.log(`${typed}\nGood once, for ${minutes} minutes: npx guichet ${role} --enrol ${typed}`);
  return 0;
}
