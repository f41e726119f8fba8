import { readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Candidate } from "../driver.ts";

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
    const device = await deviceAbove(await realpath(join(folder, name, "device")));
    const text = (file: string) =>
      readFile(join(device, file), "utf8").then(
        (it) => it.trim(),
        () => "",
      );
    const [vendor, product, manufacturer, productName, serialNumber] = await Promise.all(
      ["idVendor", "idProduct", "manufacturer", "product", "serial"].map(text),
    );
    return {
      transport: "serial",
      address: `/dev/${name}`,
      usb: {
        socket: basename(device),
        vendorId: Number.parseInt(vendor ?? "", 16),
        productId: Number.parseInt(product ?? "", 16),
        ...(manufacturer ? { manufacturer } : {}),
        ...(productName ? { product: productName } : {}),
        ...(serialNumber ? { serialNumber } : {}),
      },
    };
  } catch {
    // It was unplugged while we looked.
    return undefined;
  }
}

/** The USB device that a port is a part of: the first folder upwards that has a vendor. */
async function deviceAbove(path: string): Promise<string> {
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    const files = await readdir(at);
    if (files.includes("idVendor")) return at;
  }
  throw new Error("This port is not of USB.");
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
