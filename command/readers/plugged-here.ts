import { chooseDrivers } from "../../card-readers/drivers.ts";
import { type PluggedKind, pluggedTransport } from "../../card-readers/transport/plugged.ts";
import { troubleOf } from "../../card-readers/transport/trouble.ts";

const kinds: readonly { kind: PluggedKind; name: string }[] = [
  { kind: "serial", name: "serial port" },
  { kind: "hid", name: "USB (HID)" },
  { kind: "input-device", name: "input device" },
  { kind: "pcsc", name: "smart card service" },
];

/** What is plugged into this machine that may be a reader, in a line each. Nothing is opened. */
export async function pluggedHere(): Promise<string[]> {
  const lines = await Promise.all(
    kinds.map(async ({ kind, name }) => {
      try {
        const found = await (await pluggedTransport(kind)).list();
        return found.map((candidate) => {
          const { address, usb } = candidate;
          const ids = usb === undefined ? [] : [usb.vendorId, usb.productId];
          const what = [
            usb?.manufacturer,
            usb?.product,
            ids.map((id) => id.toString(16).padStart(4, "0")).join(":"),
          ].filter((one) => one !== undefined && one !== "");
          const chosen = chooseDrivers(candidate);
          const read =
            chosen.kind === "chosen"
              ? `can be read by ${chosen.drivers.map(({ id }) => id).join(", ")}`
              : chosen.sentence;
          return `${name} ${address}  ${what.join(" ")}\n      ${read}`;
        });
      } catch (error) {
        return [`${name}: ${troubleOf(error, name).message}`];
      }
    }),
  );
  return lines.flat();
}
