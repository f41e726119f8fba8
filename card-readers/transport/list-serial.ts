import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { Candidate } from "../driver.ts";
import { usbDeviceAbove } from "./usb-device.ts";

/**
 * The serial ports that are sockets of USB, with what the kernel knows of each. On Linux this is read
 * from `/sys` itself: no program is started, so that it can be done often.
 */
export async function listSerial(options: { readonly sys?: string } = {}): Promise<Candidate[]> {
  if (process.platform !== "linux") return listByLibrary();
  const { sys = "/sys" } = options;
  const folder = join(sys, "class/tty");
  const names = await readdir(folder).catch(() => []);
  const usual = names.filter((name) => /^tty(ACM|USB)\d+$/.test(name)).sort();
  const found = await Promise.all(usual.map((name) => readPort(folder, name)));
  return found.filter((it) => it !== undefined);
}

async function readPort(folder: string, name: string): Promise<Candidate | undefined> {
  try {
    const usb = await usbDeviceAbove(await realpath(join(folder, name, "device")));
    return usb && { transport: "serial", address: `/dev/${name}`, usb };
  } catch {
    // It was unplugged while we looked.
    return undefined;
  }
}

async function listByLibrary(): Promise<Candidate[]> {
  const { SerialPort } = await import("serialport");
  const ports = await SerialPort.list();
  return ports.flatMap((port) => {
    if (port.vendorId === undefined || port.productId === undefined) return [];
    const { path, manufacturer, serialNumber, locationId, pnpId } = port;
    return [
      {
        transport: "serial" as const,
        address: path,
        usb: {
          socket: locationId ?? pnpId ?? path,
          vendorId: Number.parseInt(port.vendorId, 16),
          productId: Number.parseInt(port.productId, 16),
          ...(manufacturer === undefined ? {} : { manufacturer }),
          ...(serialNumber === undefined ? {} : { serialNumber }),
        },
      },
    ];
  });
}
