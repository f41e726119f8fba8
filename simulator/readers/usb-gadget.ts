import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import {
  endOfDescription,
  keyboardDescription,
  keyboardReportLength,
  keyboardReports,
} from "./keyboard-reports.ts";

/** A reader at the end of a USB cable: a serial line and a keyboard in one, as some readers are. */
export interface UsbGadget {
  /** The reader's end of the serial line, for whatever shall speak there. */
  readonly serialPath: string;
  plug(): void;
  unplug(): void;
  /** Presses the keys of a US keyboard; waits until the host has taken them. */
  type(text: string): Promise<void>;
  /** Unplugs it for good. */
  remove(): void;
}

const configured = "/sys/kernel/config/usb_gadget";
const english = "0x409";

/** What such a reader says of itself when it is plugged in. */
export const simulatedTwn4 = {
  name: "guichet-reader",
  vendorId: 0x09d8,
  productId: 0x0420,
  manufacturer: "Elatec",
  product: "TWN4 (simulated)",
} as const;

/**
 * Makes this machine a reader for another one, or for itself where its kernel has `dummy_hcd`. It needs
 * root, a USB device controller, and the module `libcomposite`. Throws a sentence where these are not.
 */
export function createUsbGadget(options: {
  readonly name: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly manufacturer: string;
  readonly product: string;
}): UsbGadget {
  const { name, vendorId, productId, manufacturer, product } = options;
  const [controller] = existsSync("/sys/class/udc") ? readdirSync("/sys/class/udc") : [];
  if (controller === undefined || !existsSync(configured))
    throw new Error(
      "A virtual USB reader needs Linux, root, a USB device controller (modprobe dummy_hcd makes one) and modprobe libcomposite; this machine lacks one of these.",
    );
  const gadget = join(configured, name);
  const serial = join(gadget, "functions/acm.reader");
  const keyboard = join(gadget, "functions/hid.reader");
  const setting = join(gadget, "configs/c.1");
  const texts = join(gadget, `strings/${english}`);
  for (const folder of [gadget, serial, keyboard, setting, texts])
    mkdirSync(folder, { recursive: true });
  const write = (path: string, content: string | Buffer) => writeFileSync(path, content);
  write(join(gadget, "idVendor"), `0x${vendorId.toString(16)}`);
  write(join(gadget, "idProduct"), `0x${productId.toString(16)}`);
  write(join(texts, "manufacturer"), manufacturer);
  write(join(texts, "product"), product);
  write(join(keyboard, "protocol"), "1");
  write(join(keyboard, "subclass"), "1");
  write(join(keyboard, "report_length"), String(keyboardReportLength));
  write(join(keyboard, "report_desc"), Buffer.concat([keyboardDescription, endOfDescription]));
  for (const part of [serial, keyboard])
    symlinkSync(part, join(setting, part.slice(part.lastIndexOf("/") + 1)));

  const line = readFileSync(join(serial, "port_num"), "utf8").trim();
  // Such as 239:0, of which the second is the number in the name.
  const [, minor = "0"] = readFileSync(join(keyboard, "dev"), "utf8").trim().split(":");
  const cable = join(gadget, "UDC");

  return {
    serialPath: `/dev/ttyGS${line}`,
    plug: () => write(cable, controller),
    unplug: () => write(cable, "\n"),
    async type(text) {
      const device = await open(`/dev/hidg${minor}`, "w");
      try {
        for (const report of keyboardReports(text)) await device.write(report);
      } finally {
        await device.close();
      }
    },
    remove() {
      if (readFileSync(cable, "utf8").trim() !== "") write(cable, "\n");
      for (const part of ["acm.reader", "hid.reader"]) unlinkSync(join(setting, part));
      for (const folder of [setting, texts, serial, keyboard, gadget]) rmdirSync(folder);
    },
  };
}
