import { endOfDescription, keyboardDescription, keyboardReports } from "./keyboard-reports.ts";
import { createPcproxDevice, type PcproxDevice, type WiegandCard } from "./pcprox-device.ts";
import { createUhidDevice } from "./uhid.ts";

/** A pcProx that Linux takes for plugged in: a keyboard with feature reports. */
export interface PluggedPcprox {
  readonly device: PcproxDevice;
  /** Somebody holds a card to it: it types the number, unless the host halted that. */
  hold(card: WiegandCard): Promise<void>;
  remove(): void;
  unplug(): Promise<void>;
}

const ids = { vendorId: 0x0c27, productId: 0x3bfa };
/** Eight bytes of a maker's own, both ways. */
const features = Buffer.from("0600ff0901150026ff0075089508b102", "hex");

/** Plugs one in. What it knows of itself is lost with its power: each plug makes a new device. */
export async function plugInPcprox(): Promise<PluggedPcprox> {
  const device = createPcproxDevice();
  const plugged = await createUhidDevice({
    ...ids,
    name: "RFIDeas USB Keyboard",
    place: "usb-simulated-1/input0",
    description: Buffer.concat([keyboardDescription, features, endOfDescription]),
    getFeature: device.getReport,
    setFeature: device.setReport,
  });
  return {
    device,
    async hold(card) {
      device.hold(card);
      if (device.typesNothing()) return;
      for (const report of keyboardReports(device.types(card))) await plugged.input(report);
    },
    remove: device.remove,
    unplug: plugged.destroy,
  };
}
