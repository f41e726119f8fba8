import type { Device } from "../../protocol/site.ts";
import { readField, writeField } from "../printers/device-fields.ts";
import { isDeviceOff, switchDevice } from "../printers/device-switch.ts";
import { printCounts } from "../printers/print-counts.ts";
import { truthFrom } from "./arguments.ts";
import type { MethodContext } from "./method.ts";
import { RpcFault } from "./value.ts";

type Property = {
  read: (context: MethodContext, device: Device) => string;
  write?: (context: MethodContext, device: Device, value: string) => void;
};

const fields = [1, 2, 3, 4, 5, 6].map((field): [string, Property] => [
  `custom-field-${field}`,
  {
    read: ({ db }, { id: device }) => readField(db, { device, field }),
    write: ({ db }, { id: device }, value) => writeField(db, { device, field, value }),
  },
]);

const properties: ReadonlyMap<string, Property> = new Map<string, Property>([
  [
    "disabled",
    {
      read: ({ db, now }, { id }) => String(isDeviceOff(db, id, now())),
      write: ({ db }, { id }, value) =>
        switchDevice(
          db,
          id,
          truthFrom(value, "disabled") ? { on: false, until: null } : { on: true },
        ),
    },
  ],
  [
    "cost-model",
    {
      read: () => "SIMPLE",
      write(_context, _device, value) {
        if (value.trim().toUpperCase() !== "SIMPLE")
          throw new RpcFault("A device has prices by the printed side here: the model is SIMPLE.");
      },
    },
  ],
  ["printer-id", { read: (_context, { id }) => id }],
  [
    "print-stats.job-count",
    { read: ({ db }, { id }) => String(printCounts(db, { device: id }).jobs) },
  ],
  [
    "print-stats.page-count",
    { read: ({ db }, { id }) => String(printCounts(db, { device: id }).sides) },
  ],
  ...fields,
]);

/** Throws RpcFault for a property of devices that is not known. */
export function printerProperty(name: string): Property {
  const property = properties.get(name);
  if (property === undefined)
    throw new RpcFault(
      `The property "${name.slice(0, 64)}" of printers is not known to this server.`,
    );
  return property;
}

/** Sets a property of a device from a string. */
export function writePrinterProperty(
  context: MethodContext,
  device: Device,
  property: { name: string; value: string },
): void {
  const { write } = printerProperty(property.name);
  if (write === undefined) throw new RpcFault(`The property "${property.name}" cannot be set.`);
  write(context, device, property.value);
}
