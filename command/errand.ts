import { setTimeout as wait } from "node:timers/promises";
import {
  type DevicesShown,
  DevicesShown as DevicesShownSchema,
  ErrandMade,
  type ErrandRequest,
  type ErrandResult,
  ErrandShown,
} from "../protocol/device-profile.ts";
import { type AdminClient, adminClient } from "./admin-client.ts";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

type Device = DevicesShown["devices"][number];

const patienceMs = 12 * 60_000;

/** The server that this machine's commands speak to. */
export function adminOf({ settings, folders }: Context): AdminClient {
  return adminClient({ url: settings.server.localUrl, serverFolder: folders.server });
}

/** A declared device. Throws `UserError` that names those there are. */
export async function deviceNamed(admin: AdminClient, id: string): Promise<Device> {
  const { devices } = await admin.get("/api/admin/devices", DevicesShownSchema);
  const device = devices.find((one) => one.device === id);
  if (device !== undefined) return device;
  const names = devices.map((one) => one.device).join(", ");
  throw new UserError(`The site has no device "${id}". It has: ${names || "none"}.`);
}

/**
 * Sends the device's own bridge there and waits for what comes of it. Throws `UserError` with the
 * bridge's sentence when it failed, and when no bridge carries it out.
 */
export async function sendErrand<Kind extends ErrandResult["kind"]>(
  admin: AdminClient,
  device: Device,
  wanted: ErrandRequest & { readonly gives: Kind },
): Promise<Extract<ErrandResult, { kind: Kind }>> {
  const { gives, ...request } = wanted;
  const path = `/api/admin/devices/${device.device}/errands`;
  const { errandId } = await admin.post(path, request, ErrandMade);
  for (const began = Date.now(); Date.now() - began < patienceMs; ) {
    const { result } = await admin.get(`/api/admin/errands/${errandId}`, ErrandShown);
    if (result?.kind === "failed") throw new UserError(result.sentence);
    if (result !== null && isOf(result, gives)) return result;
    await wait(300);
  }
  throw new UserError(`The bridge "${device.bridge}" did not answer. Is it running?`);
}

function isOf<Kind extends ErrandResult["kind"]>(
  result: ErrandResult,
  kind: Kind,
): result is Extract<ErrandResult, { kind: Kind }> {
  return result.kind === kind;
}

/** A key as people compare it: groups of eight. */
export function shownKey(key: string): string {
  return key.replaceAll(/(.{8})(?=.)/g, "$1 ");
}
