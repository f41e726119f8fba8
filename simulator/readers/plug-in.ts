import { existsSync, lstatSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { plugIntoGadget } from "./over-gadget.ts";
import { plugIntoPty } from "./over-pty.ts";
import { dialAsReader, listenAsReader } from "./over-tcp.ts";
import type { MakeNumberReader, NumberReader } from "./reader-kinds.ts";
import { createUsbGadget, simulatedTwn4 } from "./usb-gadget.ts";
import { sentenceOf, type VirtualPlug } from "./virtual-plug.ts";

/** By what the bridge reaches a reader that speaks in bytes. */
export type Cable =
  /** It dials the bridge. */
  | { readonly kind: "dials"; readonly host: string; readonly port: number }
  /** The bridge dials it here. */
  | { readonly kind: "listens"; readonly host: string; readonly port: number }
  /** A serial port of this machine, which is made for it under this name. */
  | { readonly kind: "serial"; readonly path: string }
  /** A USB socket, into which it makes a serial port that the kernel names. */
  | { readonly kind: "usb" };

/** Plugs a virtual reader in there. Rejects with a sentence that says what it needs. */
export async function plugIn(make: MakeNumberReader, cable: Cable): Promise<VirtualPlug> {
  switch (cable.kind) {
    case "dials": {
      const { host, port } = cable;
      const opened = await dialAsReader(make, { host, port }).catch((cause: Error) => {
        throw new Error(`Nobody takes a badge at ${host}, port ${port}: ${cause.message}.`, {
          cause,
        });
      });
      return plugOf(opened.reader, `${host}, port ${port}, which it dialled`, opened.unplug);
    }
    case "listens": {
      const { host, port } = cable;
      const opened = await listenAsReader(make, { host, port }).catch((cause: unknown) => {
        throw new Error(
          `A virtual reader cannot wait at ${host}, port ${port} (${sentenceOf(cause)}): the address must be this machine's, and nothing else may be there.`,
          { cause },
        );
      });
      return plugOf(opened.reader, `${host}, port ${opened.port}, where it waits`, opened.unplug);
    }
    case "serial":
      return await atPath(make, cable.path);
    case "usb":
      return await atUsb(make);
  }
}

function plugOf(reader: NumberReader, where: string, unplug: () => Promise<void>): VirtualPlug {
  return {
    where,
    hold: async (card) => reader.hold(card),
    remove: () => reader.remove(),
    unplug,
  };
}

async function atPath(make: MakeNumberReader, path: string): Promise<VirtualPlug> {
  removeLeftBehind(path);
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined)
    throw new Error(
      `${path} is there already: a real port, or another virtual reader. Name a path in the configuration that is free, such as ./virtual-reader.`,
    );
  const opened = await plugIntoPty(make);
  try {
    symlinkSync(opened.path, path);
  } catch (cause) {
    await opened.unplug();
    throw new Error(
      `A virtual serial port cannot be put at ${path} (${sentenceOf(cause)}). Name a path in the configuration where files may be made, such as ./virtual-reader.`,
      { cause },
    );
  }
  return plugOf(opened.reader, `${path} (${opened.path})`, async () => {
    rmSync(path, { force: true });
    await opened.unplug();
  });
}

/** A name whose virtual reader was killed is not in the way; whatever else is there stays. */
function removeLeftBehind(path: string): void {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (isLink && readlinkSync(path).startsWith("/dev/pts/") && !existsSync(path)) rmSync(path);
}

async function atUsb(make: MakeNumberReader): Promise<VirtualPlug> {
  const gadget = createUsbGadget(simulatedTwn4);
  try {
    gadget.plug();
    const opened = await plugIntoGadget(gadget, make);
    return plugOf(opened.reader, "USB, as a TWN4", async () => {
      await opened.close();
      gadget.remove();
    });
  } catch (error) {
    gadget.remove();
    throw error;
  }
}
