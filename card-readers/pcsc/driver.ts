import type { Driver } from "../driver.ts";
import { uidsOf } from "../transport/wire.ts";

/** A contactless reader behind the system's smart card service. Its lights are the service's own. */
export const driver: Driver = {
  open({ wire: open, events }) {
    const wire = uidsOf(open);
    let stopped = false;
    wire.listen({
      onUid(text, tagType) {
        if (stopped) return;
        const bytes = Uint8Array.from(Buffer.from(text, "hex"));
        const bits = bytes.length * 8;
        const told = tagType === undefined ? {} : { tagType };
        events.onCard({ text, bytes, bits, medium: "rfid", ...told });
      },
      onRemoved() {
        if (!stopped) events.onRemoved();
      },
      onClose(trouble) {
        if (!stopped) events.onTrouble(trouble);
        stopped = true;
      },
    });
    return {
      identity: { driver: "pcsc", model: wire.address },
      capabilities: { feedback: false, presence: true, tagType: true },
      feedback: () => undefined,
      close() {
        stopped = true;
        return wire.close();
      },
    };
  },
};
