import { open } from "node:fs/promises";

/** An HID device that exists in software only; Linux shows it to programs as any other. */
export interface UhidDevice {
  /** Sends what the device tells unasked, such as its keys. */
  input(report: Uint8Array): Promise<void>;
  /** Takes it away, as if its cable was pulled. */
  destroy(): Promise<void>;
}

/** Numbers of `linux/uhid.h`. */
const kinds = {
  destroy: 1,
  start: 2,
  getReport: 9,
  getReportReply: 10,
  create: 11,
  input: 12,
  setReport: 13,
  setReportReply: 14,
} as const;
const longestEvent = 4_380;
const usbBus = 3;
const refused = 5;

/**
 * Makes an HID device with feature reports that are not numbered. Resolves once the kernel has it. It
 * needs root and the module `uhid`.
 */
export async function createUhidDevice(options: {
  readonly name: string;
  readonly vendorId: number;
  readonly productId: number;
  /** Where it seems to be plugged in, such as `usb-simulated-1/input0`. */
  readonly place: string;
  readonly description: Uint8Array;
  readonly getFeature: () => Uint8Array;
  /** Whether the device takes it. */
  readonly setFeature: (report: Uint8Array) => boolean;
}): Promise<UhidDevice> {
  const { getFeature, setFeature } = options;
  const device = await open("/dev/uhid", "r+");
  let destroyed = false;
  const write = async (event: Buffer) => void (await device.write(event));

  async function obey(event: Buffer): Promise<void> {
    const id = event.readUInt32LE(4);
    switch (event.readUInt32LE(0)) {
      case kinds.getReport: {
        // The first byte stands for the number that such a report has not.
        const report = Buffer.from([0, ...getFeature()]);
        const reply = Buffer.alloc(12 + report.length);
        reply.writeUInt32LE(kinds.getReportReply, 0);
        reply.writeUInt32LE(id, 4);
        reply.writeUInt16LE(report.length, 10);
        report.copy(reply, 12);
        await write(reply);
        return;
      }
      case kinds.setReport: {
        const length = event.readUInt16LE(10);
        const reply = Buffer.alloc(10);
        reply.writeUInt32LE(kinds.setReportReply, 0);
        reply.writeUInt32LE(id, 4);
        const taken = setFeature(Uint8Array.from(event.subarray(13, 12 + length)));
        reply.writeUInt16LE(taken ? 0 : refused, 8);
        await write(reply);
      }
    }
  }

  let started: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    started = resolve;
  });
  const listened = (async () => {
    const event = Buffer.alloc(longestEvent);
    while (!destroyed) {
      await device.read(event, 0, event.length, null);
      if (event.readUInt32LE(0) === kinds.start) started();
      await obey(event);
    }
  })();
  listened.catch(() => undefined);
  await write(creation(options));
  await ready;

  return {
    async input(report) {
      const event = Buffer.alloc(6 + report.length);
      event.writeUInt32LE(kinds.input, 0);
      event.writeUInt16LE(report.length, 4);
      event.set(report, 6);
      await write(event);
    },
    async destroy() {
      destroyed = true;
      const event = Buffer.alloc(4);
      event.writeUInt32LE(kinds.destroy, 0);
      // The kernel answers that it has stopped, which ends the last read.
      await write(event);
      await listened.catch(() => undefined);
      await device.close();
    },
  };
}

/** `struct uhid_create2_req`: names of 128, 64 and 64 bytes, lengths, ids, and the description. */
function creation(options: {
  readonly name: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly place: string;
  readonly description: Uint8Array;
}): Buffer {
  const { name, vendorId, productId, place, description } = options;
  const event = Buffer.alloc(280 + description.length);
  event.writeUInt32LE(kinds.create, 0);
  event.write(name, 4, 127);
  event.write(place, 132, 63);
  event.writeUInt16LE(description.length, 260);
  event.writeUInt16LE(usbBus, 262);
  event.writeUInt32LE(vendorId, 264);
  event.writeUInt32LE(productId, 268);
  event.set(description, 280);
  return event;
}
