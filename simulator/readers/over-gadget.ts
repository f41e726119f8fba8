import { SerialPort } from "serialport";
import type { UsbGadget } from "./usb-gadget.ts";
import type { MakeReader, WiredReader } from "./virtual-reader.ts";

export interface GadgetReader<Reader extends WiredReader> {
  readonly reader: Reader;
  /** Lets go of the reader's end of the line. */
  close(): Promise<void>;
}

/**
 * Puts a virtual reader behind the serial line of a USB gadget that is plugged in. When the cable is
 * pulled the line ends, as the power of a reader does.
 */
export async function plugIntoGadget<Reader extends WiredReader>(
  { serialPath }: Pick<UsbGadget, "serialPath">,
  make: MakeReader<Reader>,
): Promise<GadgetReader<Reader>> {
  const line = new SerialPort({ path: serialPath, baudRate: 9_600, autoOpen: false, lock: false });
  line.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    line.open((error) => (error ? reject(error) : resolve()));
  });
  const reader = make((bytes) => {
    if (line.isOpen) line.write(Buffer.from(bytes));
  });
  line.on("data", (bytes: Buffer) => reader.hear(bytes));
  return {
    reader,
    close: () =>
      new Promise((resolve) => {
        reader.close();
        if (line.isOpen) line.close(() => resolve());
        else resolve();
      }),
  };
}
