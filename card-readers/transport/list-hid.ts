import { readdir, readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { Candidate } from "../driver.ts";
import { usbDeviceAbove } from "./usb-device.ts";

/**
 * The HID devices that this machine has. On Linux this is read from `/sys` itself, where devices are
 * told too that no USB socket is behind: Bluetooth, and simulated ones.
 */
export async function listHid(options: { readonly sys?: string } = {}): Promise<Candidate[]> {
  if (process.platform !== "linux") return listByLibrary();
  const folder = join(options.sys ?? "/sys", "class/hidraw");
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.sort().map((name) => readHid(folder, name)));
  return found.filter((it) => it !== undefined);
}

async function readHid(folder: string, name: string): Promise<Candidate | undefined> {
  try {
    const device = await realpath(join(folder, name, "device"));
    const facts = factsOf(await readFile(join(device, "uevent"), "utf8"));
    const [, vendor, product] =
      /^[0-9A-F]+:([0-9A-F]+):([0-9A-F]+)$/i.exec(facts.HID_ID ?? "") ?? [];
    if (vendor === undefined || product === undefined) return undefined;
    const usb = await usbDeviceAbove(device);
    // Such as `usb-0000:00:14.0-1/input1`: where it is, and which part of the device.
    const [socket] = (facts.HID_PHYS ?? "").split("/");
    return {
      transport: "hid",
      address: `/dev/${name}`,
      usb: usb ?? {
        socket: socket || name,
        vendorId: Number.parseInt(vendor, 16),
        productId: Number.parseInt(product, 16),
        ...(facts.HID_NAME ? { product: facts.HID_NAME } : {}),
        ...(facts.HID_UNIQ ? { serialNumber: facts.HID_UNIQ } : {}),
        // The folder's name ends with a number that the kernel counts up.
        deviceNumber: Number.parseInt(device.slice(device.lastIndexOf(".") + 1), 16),
      },
    };
  } catch {
    // It was unplugged while we looked.
    return undefined;
  }
}

interface HidFacts {
  readonly HID_ID?: string;
  readonly HID_NAME?: string;
  readonly HID_PHYS?: string;
  readonly HID_UNIQ?: string;
}

function factsOf(text: string): HidFacts {
  return Object.fromEntries(
    text.split("\n").flatMap((line) => {
      const equals = line.indexOf("=");
      return equals === -1 ? [] : [[line.slice(0, equals), line.slice(equals + 1)]];
    }),
  );
}

async function listByLibrary(): Promise<Candidate[]> {
  const { devicesAsync } = await import("node-hid");
  const devices = await devicesAsync();
  return devices.flatMap(({ path, vendorId, productId, manufacturer, product, serialNumber }) => {
    if (path === undefined) return [];
    return [
      {
        transport: "hid" as const,
        address: path,
        usb: {
          socket: path,
          vendorId,
          productId,
          ...(manufacturer ? { manufacturer } : {}),
          ...(product ? { product } : {}),
          ...(serialNumber ? { serialNumber } : {}),
        },
      },
    ];
  });
}
