import process from "node:process";
import { parseArgs } from "node:util";
import { Type } from "typebox";
import { DevicesShown } from "../protocol/device-profile.ts";
import type { AdminClient } from "./admin-client.ts";
import { askPerson } from "./ask-person.ts";
import type { Context } from "./context.ts";
import { adminOf, deviceNamed, sendErrand, shownKey } from "./errand.ts";
import { UserError } from "./folders.ts";
import { WrongCall } from "./wrong-call.ts";

/** `guichet device`: what is known of each device; its key trusted anew; what it asks for. */
export async function device(context: Context, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { yes: { type: "boolean" }, user: { type: "string" } },
  });
  const [what, id] = positionals;
  const admin = adminOf(context);
  if (what === undefined) return await list(admin);
  if (id === undefined) throw new WrongCall();
  switch (what) {
    case "repin":
      return await repin(admin, id, values.yes ?? false);
    case "password":
      return await password(admin, id, values.user);
    case "forget":
      await deviceNamed(admin, id);
      await change(admin, id, { profile: null, key: null, credentials: null });
      console.log(`What was known of "${id}" is forgotten. Probe it again.`);
      return 0;
    default:
      throw new WrongCall();
  }
}

async function list(admin: AdminClient): Promise<number> {
  const { devices } = await admin.get("/api/admin/devices", DevicesShown);
  for (const one of devices) {
    console.log(`${one.device}  ${one.url} (bridge ${one.bridge})`);
    const { profile } = one;
    console.log(
      profile === null
        ? `  not probed: npx guichet probe ${one.device}`
        : `  probed ${profile.probedAt}: a job counts ${profile.jobCounts}, the device counts ${profile.deviceCounts}`,
    );
    if (one.key !== null) console.log(`  key  ${shownKey(one.key)}`);
    if (one.user !== null) console.log(`  asks for a password; the name is "${one.user}"`);
  }
  return 0;
}

async function repin(admin: AdminClient, id: string, yes: boolean): Promise<number> {
  const known = await deviceNamed(admin, id);
  const { key, subject } = await sendErrand(admin, known, { kind: "key", gives: "key" });
  if (key === null) throw new UserError(`"${id}" speaks no TLS: its address must begin with ipps.`);
  if (key === known.key) {
    console.log(`"${id}" shows the key that is trusted already.`);
    return 0;
  }
  console.log(`trusted so far  ${known.key === null ? "none" : shownKey(known.key)}`);
  console.log(`shown now       ${shownKey(key)}  (${subject})`);
  if (!(await askPerson("Did you check the device, and shall this key be trusted?", yes))) return 1;
  await change(admin, id, { key });
  console.log(`"${id}" is trusted by this key from now on.`);
  return 0;
}

async function password(admin: AdminClient, id: string, user: string | undefined): Promise<number> {
  if (user === undefined) throw new WrongCall();
  await deviceNamed(admin, id);
  if (process.stdin.isTTY) console.log("Type the password and press Enter:");
  let text = "";
  for await (const piece of process.stdin) {
    text += String(piece);
    if (text.includes("\n")) break;
  }
  const typed = text.split(/\r?\n/, 1)[0] ?? "";
  await change(admin, id, { credentials: { user, password: typed } });
  console.log(`"${id}" is told the name "${user}" and its password from now on.`);
  return 0;
}

async function change(admin: AdminClient, id: string, to: unknown): Promise<void> {
  await admin.post(`/api/admin/devices/${id}`, to, Type.Unknown());
}
