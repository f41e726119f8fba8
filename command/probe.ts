import { parseArgs } from "node:util";
import { Type } from "typebox";
import { probeDevice } from "../device-bridge/probe/probe-device.ts";
import { tellProfile } from "../device-bridge/probe/tell-profile.ts";
import { readDeviceKey } from "../ipp/client/device-key.ts";
import type { AdminClient } from "./admin-client.ts";
import { askPerson } from "./ask-person.ts";
import type { Context } from "./context.ts";
import { adminOf, deviceNamed, sendErrand, shownKey } from "./errand.ts";
import { UserError } from "./folders.ts";
import { WrongCall } from "./wrong-call.ts";

const pages = "It prints nine sides at most on the device.";

/**
 * `guichet probe`: reads a device, prints on it and grades it. A declared device is probed by the bridge
 * that it belongs to, and the answer becomes its profile; an address is probed from here, and only told.
 */
export async function probe(context: Context, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { yes: { type: "boolean" }, look: { type: "boolean" } },
  });
  const [device] = positionals;
  const { yes = false, look = false } = values;
  if (device === undefined) throw new WrongCall();
  if (!look && !(await askPerson(`${pages} Go on?`, yes))) return 1;
  if (/^(ipps?|https?):/.test(device)) await probeAddress(device, { yes, print: !look });
  else await probeDeclared(adminOf(context), device, { yes, print: !look });
  return 0;
}

interface Wanted {
  readonly yes: boolean;
  readonly print: boolean;
}

async function probeDeclared(admin: AdminClient, id: string, { yes, print }: Wanted) {
  const device = await deviceNamed(admin, id);
  if (device.url.startsWith("ipps:") && device.key === null) {
    const { key, subject } = await sendErrand(admin, device, { kind: "key", gives: "key" });
    if (key !== null) {
      await trust({ key, subject, yes });
      await admin.post(`/api/admin/devices/${id}`, { key }, Type.Unknown());
    }
  }
  const kind = print ? "print" : "look";
  const { findings } = await sendErrand(admin, device, { kind, gives: "probed" });
  console.log(findings.join("\n"));
  if (print) console.log(`\nThis is now the profile of "${id}".`);
}

async function probeAddress(uri: string, { yes, print }: Wanted) {
  try {
    const shown = await readDeviceKey({ uri, timeout: 8_000 });
    if (shown !== undefined) await trust({ key: shown.publicKey256, subject: shown.subject, yes });
    const profile = await probeDevice({
      uri,
      trust: shown === undefined ? "authorities" : { publicKey256: shown.publicKey256 },
      print,
      now: Date.now,
      onStep: (step) => console.error(`… ${step}`),
      signal: AbortSignal.timeout(10 * 60_000),
    });
    console.log(tellProfile(profile).join("\n"));
    console.log("\nIt is not kept: declare the device, and probe it by its name.");
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Trust on first sight, by a person who can compare it with what the device's panel shows. */
async function trust(shown: { key: string; subject: string; yes: boolean }): Promise<void> {
  console.log(`The device (${shown.subject}) shows this key:\n  ${shownKey(shown.key)}`);
  if (!(await askPerson("Is this the device, and shall its key be trusted?", shown.yes)))
    throw new UserError("Its key is not trusted, so nothing was sent to it.");
}
