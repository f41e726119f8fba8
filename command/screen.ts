import { ScreenCodeReply } from "../protocol/admin.ts";
import { adminClient } from "./admin-client.ts";
import type { Context } from "./context.ts";
import { WrongCall } from "./wrong-call.ts";

/** `guichet screen <terminal>`: a one-time code, to be typed on the screen that shall be the terminal's. */
export async function screen(context: Context, args: string[]): Promise<number> {
  const [terminal] = args;
  if (terminal === undefined) throw new WrongCall();
  const { localUrl: url } = context.settings.server;
  const admin = adminClient({ url, serverFolder: context.folders.server });
  const { code, minutes } = await admin.post(
    "/api/admin/screen-codes",
    { terminal },
    ScreenCodeReply,
  );
  console.log(
    `${code}\nGood once, for ${minutes} minutes, on a screen that shows https://<bridge>:${context.settings.bridge.port}/t/${terminal}`,
  );
  return 0;
}
