import { Duplex } from "node:stream";
import type { VirtualReader } from "../virtual-reader.ts";
import { type OsdpReader, wiegandFormat } from "./osdp-reader.ts";

/** A virtual OSDP reader, made to be plugged in wherever virtual readers can be. */
export function virtualOsdpReader(
  reader: OsdpReader,
  send: (bytes: Uint8Array) => void,
): VirtualReader {
  const line = new Duplex({
    read: () => undefined,
    write(bytes: Uint8Array, _encoding, written) {
      send(bytes);
      written();
    },
  });
  reader.attach(line);
  return {
    hear(bytes) {
      if (!line.destroyed) line.push(bytes);
    },
    hold: ({ id, bits }) =>
      reader.hold({ reader: 0, format: wiegandFormat, bits, bytes: Uint8Array.from(id) }),
    // It tells a card once, however long it stays.
    remove: () => undefined,
    close: () => void line.destroy(),
  };
}
