import type { Static } from "typebox";
import type { ReaderConnection } from "../../protocol/site.ts";
import type { ReaderInput } from "./reader-schema.ts";

/** How a reader is reached, as the roles tell each other, of what a person wrote. */
export function readerConnection(reader: Static<typeof ReaderInput>): ReaderConnection {
  if ("keyboard" in reader) return keyboardConnection(reader);
  const driver = reader.driver === undefined ? {} : { driver: reader.driver };
  if ("listen" in reader) {
    const from = reader.listen.length === 0 ? {} : { from: reader.listen };
    return { kind: "listen", ...from, ...driver };
  }
  if ("hid" in reader) {
    const path = reader.hid === "auto" ? {} : { path: reader.hid };
    return { kind: "hid", ...path, ...driver };
  }
  if ("pcsc" in reader) {
    const path = reader.pcsc === "auto" ? {} : { path: reader.pcsc };
    return { kind: "pcsc", ...path, ...driver };
  }
  const { osdp, elatec } = reader;
  const told = { ...(osdp && { osdp }), ...(elatec && { elatec }) };
  if ("dial" in reader) {
    const colon = reader.dial.lastIndexOf(":");
    const port = Number(reader.dial.slice(colon + 1));
    return { kind: "dial", host: reader.dial.slice(0, colon), port, ...driver, ...told };
  }
  const path = reader.serial === "auto" ? {} : { path: reader.serial };
  const speed = reader.speed === undefined ? {} : { speed: reader.speed };
  return { kind: "serial", ...path, ...speed, ...driver, ...told };
}

/** A reader that acts as a keyboard. One whose path was named needs no maker that is known. */
function keyboardConnection({
  keyboard,
  shared,
  ...given
}: Extract<Static<typeof ReaderInput>, { keyboard: string }>): ReaderConnection {
  const settings = Object.keys(given).length === 0 ? {} : { settings: given };
  if (keyboard === "screen") return { kind: "screen", ...settings };
  const all = shared === undefined ? settings : { settings: { ...given, shared } };
  if (keyboard === "auto") return { kind: "input-device", ...all };
  return { kind: "input-device", path: keyboard, driver: "wedge", ...all };
}
