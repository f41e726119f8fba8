import { readdir, readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { Candidate } from "../driver.ts";
import { usbDeviceAbove } from "./usb-device.ts";

/** KEY_1 of Linux: whatever types numbers has it, and mice and power buttons have not. */
const keyOne = 2;

/** The keyboards that are plugged into this machine; only on Linux can one be had for oneself. */
export async function listInputDevices(
  options: { readonly sys?: string } = {},
): Promise<Candidate[]> {
  if (process.platform !== "linux") return [];
  const folder = join(options.sys ?? "/sys", "class/input");
  const names = await readdir(folder).catch(() => []);
  const events = names.filter((name) => /^event\d+$/.test(name)).sort();
  const found = await Promise.all(events.map((name) => readDevice(folder, name)));
  return found.filter((it) => it !== undefined);
}

async function readDevice(folder: string, name: string): Promise<Candidate | undefined> {
  try {
    const device = await realpath(join(folder, name, "device"));
    const keys = await readFile(join(device, "capabilities/key"), "utf8");
    if (!hasKey(keys, keyOne)) return undefined;
    const usb = await usbDeviceAbove(device);
    if (usb === undefined) return undefined;
    return { transport: "input-device", address: `/dev/input/${name}`, usb };
  } catch {
    // It was unplugged while we looked.
    return undefined;
  }
}

/** Whether a bit is set in a number that Linux writes as words of hexadecimal digits, the last one lowest. */
function hasKey(words: string, key: number): boolean {
  const lowest = words.trim().split(/\s+/).at(-1) ?? "";
  return /^[0-9a-f]+$/i.test(lowest) && ((BigInt(`0x${lowest}`) >> BigInt(key)) & 1n) === 1n;
}
