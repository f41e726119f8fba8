import type { Candidate, DriverSettings, TransportKind } from "../driver.ts";
import type { Wire } from "./wire.ts";

/** The kinds of connection that are plugged into this machine. */
export type PluggedKind = Exclude<TransportKind, "tcp-listen" | "tcp-dial">;

/** How things of one kind are found and opened. */
export interface PluggedTransport {
  /** What is there, by what the kernel knows of it; nothing is opened. Cheap enough for every two seconds. */
  list(): Promise<readonly Candidate[]>;
  /** Throws ReaderTrouble. */
  open(
    candidate: Candidate,
    options: { readonly speed?: number; readonly settings?: DriverSettings },
  ): Promise<Wire>;
}

/** What RS232 readers of nearly all makers are set to when they are sold. */
const usualSpeed = 9_600;
/** Bytes of a feature report of all readers that are spoken to so. */
const usualReport = 8;

/** One child process speaks for all readers of this kind. */
let pcsc: PluggedTransport | undefined;

/** Each is loaded when a reader needs it, so that none keeps the others from working. */
const loaders: Partial<Record<PluggedKind, () => Promise<PluggedTransport>>> = {
  serial: async () => {
    const { listSerial } = await import("./list-serial.ts");
    const { openSerial } = await import("./serial.ts");
    return {
      list: () => listSerial(),
      open: ({ address }, { speed = usualSpeed }) => openSerial({ path: address, speed }),
    };
  },
  hid: async () => {
    const { listHid } = await import("./list-hid.ts");
    const { openHid } = await import("./hid.ts");
    return {
      list: () => listHid(),
      open: ({ address }) => openHid({ path: address, reportLength: usualReport }),
    };
  },
  "input-device": async () => {
    const { listInputDevices } = await import("./list-input-devices.ts");
    const { openInputDevice } = await import("./input-device.ts");
    return {
      list: () => listInputDevices(),
      open: ({ address }, { settings }) =>
        openInputDevice({ path: address, shared: settings?.shared === true }),
    };
  },
  pcsc: async () => {
    const { pcscTransport, usualSocket } = await import("./pcsc.ts");
    pcsc ??= pcscTransport({ socketPath: usualSocket });
    return pcsc;
  },
};

/** The transport of this kind. Throws when the program has none. */
export function pluggedTransport(kind: PluggedKind): Promise<PluggedTransport> {
  const load = loaders[kind];
  if (load === undefined) throw new Error(`Readers cannot be plugged in by ${kind}.`);
  return load();
}
