import { plugInPcprox } from "./pcprox-uhid.ts";
import { createUsbGadget, simulatedTwn4 } from "./usb-gadget.ts";
import { sentenceOf, type VirtualPlug } from "./virtual-plug.ts";
import { virtualCard } from "./virtual-reader.ts";

/** An RF IDeas pcProx with its feature reports, made by the kernel. Rejects with a sentence. */
export async function plugPcprox(bits?: number): Promise<VirtualPlug> {
  const plugged = await plugInPcprox().catch((cause: unknown) => {
    throw new Error(
      `A virtual pcProx needs Linux, root and the kernel module uhid (modprobe uhid makes /dev/uhid): ${sentenceOf(cause)}.`,
      { cause },
    );
  });
  return {
    where: "USB (HID), as a pcProx",
    async hold(card) {
      const { id, bits: count } = virtualCard(card, bits);
      const aligned = BigInt(`0x${Buffer.from(id).toString("hex")}`);
      await plugged.hold({ number: aligned >> BigInt(id.length * 8 - count), bits: count });
    },
    remove: plugged.remove,
    unplug: plugged.unplug,
  };
}

/** A reader that types each number as a keyboard does, at the end of a USB cable. Throws a sentence. */
export function plugKeyboard(): VirtualPlug {
  const gadget = createUsbGadget(simulatedTwn4);
  try {
    gadget.plug();
  } catch (error) {
    gadget.remove();
    throw error;
  }
  return {
    where: "USB, as a keyboard",
    hold: (card) => gadget.type(`${card}\n`),
    remove: () => undefined,
    unplug: () => Promise.resolve(gadget.remove()),
  };
}
