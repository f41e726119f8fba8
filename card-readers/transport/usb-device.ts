import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Candidate } from "../driver.ts";

/**
 * The USB device that something in Linux's `/sys` is a part of: the first folder upwards that has a
 * vendor. Undefined when it is not of USB. Throws when it was unplugged while we looked.
 */
export async function usbDeviceAbove(path: string): Promise<Candidate["usb"]> {
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    const files = await readdir(at);
    if (files.includes("idVendor")) return readUsb(at);
  }
  return undefined;
}

async function readUsb(folder: string): Promise<Candidate["usb"]> {
  const text = (file: string) =>
    readFile(join(folder, file), "utf8").then(
      (it) => it.trim(),
      () => "",
    );
  const [vendor, productId, manufacturer, product, serialNumber, number] = await Promise.all(
    ["idVendor", "idProduct", "manufacturer", "product", "serial", "devnum"].map(text),
  );
  return {
    socket: basename(folder),
    vendorId: Number.parseInt(vendor ?? "", 16),
    productId: Number.parseInt(productId ?? "", 16),
    ...(manufacturer ? { manufacturer } : {}),
    ...(product ? { product } : {}),
    ...(serialNumber ? { serialNumber } : {}),
    ...(number ? { deviceNumber: Number(number) } : {}),
  };
}
