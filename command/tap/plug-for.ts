import { join } from "node:path";
import type { ReaderConnection } from "../../protocol/site.ts";
import { keptOsdpReader } from "../../simulator/readers/osdp/kept-reader.ts";
import { plugPcsc } from "../../simulator/readers/pcsc/plug-card.ts";
import { type Cable, plugIn } from "../../simulator/readers/plug-in.ts";
import { plugKeyboard, plugPcprox } from "../../simulator/readers/plug-usb.ts";
import { type MakeNumberReader, readerOfKind } from "../../simulator/readers/reader-kinds.ts";
import type { VirtualPlug } from "../../simulator/readers/virtual-plug.ts";
import { reachedAt } from "../configuration/url-of.ts";
import type { Context } from "../context.ts";
import { makeFolder } from "../folders.ts";

/** What a virtual reader is to be like. */
export interface PlugOptions {
  readonly readerId: string;
  readonly as: string | undefined;
  readonly bits: number | undefined;
}

type Wired = Extract<ReaderConnection, { kind: "listen" | "dial" | "serial" }>;

/** Plugs a virtual reader in where the configuration has this one. Rejects with a sentence. */
export async function plugFor(
  context: Context,
  connection: ReaderConnection,
  options: PlugOptions,
): Promise<VirtualPlug> {
  switch (connection.kind) {
    case "listen":
    case "dial":
    case "serial":
      return {
        ...(await plugIn(makeFor(context, connection, options), cableOf(context, connection))),
        ...(kindOf(connection, options) === "osdp" ? { needs: keyFor(options.readerId) } : {}),
      };
    case "hid":
      return await plugPcprox(options.bits);
    case "input-device":
      return plugKeyboard();
    case "pcsc":
      return plugPcsc();
    case "screen":
      throw new Error(
        "This reader is the keyboard of the machine that shows the screen: click into the kiosk there, and paste the number with a line end.",
      );
  }
}

function cableOf({ settings }: Context, connection: Wired): Cable {
  const { readerHost, readerPort } = settings.bridge;
  switch (connection.kind) {
    case "listen":
      return { kind: "dials", host: reachedAt(readerHost), port: readerPort };
    case "dial":
      return { kind: "listens", host: connection.host, port: connection.port };
    case "serial":
      return connection.path === undefined
        ? { kind: "usb" }
        : { kind: "serial", path: connection.path };
  }
}

function makeFor(context: Context, connection: Wired, options: PlugOptions): MakeNumberReader {
  const { bits, readerId } = options;
  const kind = kindOf(connection, options);
  if (kind !== "osdp") return readerOfKind(kind, bits);
  const { address = 0, clearText = false } =
    connection.kind === "listen" ? {} : (connection.osdp ?? {});
  const { simulator } = context.folders;
  makeFolder(simulator);
  return keptOsdpReader({
    keyPath: join(simulator, `osdp-${readerId.replace("/", "-")}.key`),
    address,
    clearText,
    ...(bits === undefined ? {} : { bits }),
  });
}

const keyFor = (readerId: string): string =>
  `A virtual OSDP reader that has no key is given one while it stays (--stay 120), by: guichet reader-key ${readerId} --install`;

/** The kind that was asked for, or that the configured driver is for. */
function kindOf({ kind, driver }: Wired, { as }: PlugOptions): string {
  if (as !== undefined) return as;
  if (driver === "barcode") return "line";
  if (driver !== undefined) return driver;
  return kind === "serial" ? "elatec-simple" : "network";
}
