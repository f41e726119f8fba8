import { ruleFor } from "../../pricing/price.ts";
import type { Device } from "../../protocol/site.ts";
import { setDeviceCost, withSetPrices } from "../printers/device-price.ts";
import { addDeviceGroup, removeDeviceGroup, switchDevice } from "../printers/device-switch.ts";
import { resetCounts } from "../printers/print-counts.ts";
import { readSite } from "../site/read-site.ts";
import { upsertSite } from "../site/upsert-site.ts";
import type { Arguments } from "./arguments.ts";
import { groupNamed, type Method, type MethodContext, offUntil, partOf } from "./method.ts";
import { printerProperty, writePrinterProperty } from "./printer-properties.ts";
import { RpcFault, rpcDone, rpcDouble, rpcString, rpcStrings } from "./value.ts";

/** Devices have no print server here; this name stands in its place, as it does for MFPs elsewhere. */
const SERVER = "device";

function devicesOf({ db }: MethodContext): readonly Device[] {
  return readSite(db)?.devices ?? [];
}

/** The device that two arguments name: `device`, and its id, or the name that people call it. */
function deviceNamed(context: MethodContext, args: Arguments): Device {
  const server = args.text(0, "serverName");
  const name = args.text(1, "printerName");
  const devices = devicesOf(context);
  const found =
    devices.find(({ id }) => id === name.trim().toLowerCase()) ??
    devices.find((device) => device.name === name.trim());
  if (found === undefined || server.trim().toLowerCase() !== SERVER)
    throw new RpcFault(
      `There is no printer "${server}\\${name}". The devices of this server are named like ${SERVER}\\${devices[0]?.id ?? "name"}.`,
    );
  return found;
}

const setCost: Method = (context, args) => {
  const { db, declared, bell } = context;
  const { id: device } = deviceNamed(context, args);
  const cost = args.money(2, "costPerPage");
  if (cost < 0) throw new RpcFault("A price is not less than nothing.");
  setDeviceCost(db, { device, cost, declared: declared.prices });
  const upserted = upsertSite(db, withSetPrices(db, declared));
  if (upserted.kind === "faulty") throw new RpcFault(upserted.sentence);
  bell.ring();
  return rpcDone;
};

const getCost: Method = (context, args) => {
  const device = deviceNamed(context, args);
  const prices = readSite(context.db)?.prices;
  if (prices === undefined) throw new RpcFault("No prices are declared yet.");
  const { grey, colour } = ruleFor(prices, device.id);
  if (grey !== colour)
    throw new RpcFault(
      `The prices of "${device.id}" for grey and colour are not one simple price.`,
    );
  return rpcDouble(grey);
};

const deviceGroup =
  (change: typeof addDeviceGroup): Method =>
  (context, args) => {
    const { id: device } = deviceNamed(context, args);
    change(context.db, { device, groupId: groupNamed(context, args, 2).group_id });
    return rpcDone;
  };

const setProperties: Method = (context, args) => {
  const device = deviceNamed(context, args);
  const pairs = args.pairs(2, "properties");
  for (const [name] of pairs) printerProperty(name);
  for (const [name, value] of pairs) writePrinterProperty(context, device, { name, value });
  return rpcDone;
};

/** Methods about devices, which scripts call printers. */
export const printerMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    "api.listPrinters",
    (context, args) => {
      const { offset, limit } = partOf(args, 0);
      const names = devicesOf(context).map(({ id }) => `${SERVER}\\${id}`);
      return rpcStrings(names.sort().slice(offset, offset + limit));
    },
  ],
  [
    "api.getPrinterProperty",
    (context, args) =>
      rpcString(
        printerProperty(args.text(2, "property")).read(context, deviceNamed(context, args)),
      ),
  ],
  [
    "api.getPrinterProperties",
    (context, args) => {
      const device = deviceNamed(context, args);
      const names = args.texts(2, "properties");
      return rpcStrings(names.map((name) => printerProperty(name).read(context, device)));
    },
  ],
  [
    "api.setPrinterProperty",
    (context, args) => {
      const property = { name: args.text(2, "property"), value: args.text(3, "value") };
      writePrinterProperty(context, deviceNamed(context, args), property);
      return rpcDone;
    },
  ],
  ["api.setPrinterProperties", setProperties],
  [
    "api.enablePrinter",
    (context, args) => {
      switchDevice(context.db, deviceNamed(context, args).id, { on: true });
      return rpcDone;
    },
  ],
  [
    "api.disablePrinter",
    (context, args) => {
      const until = offUntil(context, args, 2);
      switchDevice(context.db, deviceNamed(context, args).id, { on: false, until });
      return rpcDone;
    },
  ],
  [
    "api.resetPrinterCounts",
    (context, args) => {
      const { id: device } = deviceNamed(context, args);
      resetCounts(context.db, { of: { device }, by: args.textOr(2, "") }, context.now());
      return rpcDone;
    },
  ],
  ["api.setPrinterCostSimple", setCost],
  ["api.getPrinterCostSimple", getCost],
  ["api.addPrinterAccessGroup", deviceGroup(addDeviceGroup)],
  ["api.removePrinterAccessGroup", deviceGroup(removeDeviceGroup)],
]);
