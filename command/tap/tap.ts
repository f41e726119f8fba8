import { parseArgs } from "node:util";
import { tap as tapReader } from "../../simulator/readers/dialling-reader.ts";
import { readerKinds } from "../../simulator/readers/reader-kinds.ts";
import { tapAs } from "../../simulator/readers/tap-as.ts";
import { reachedAt } from "../configuration/url-of.ts";
import type { Context } from "../context.ts";
import { UserError } from "../folders.ts";
import { WrongCall } from "../wrong-call.ts";
import { tapAtReader } from "./tap-at-reader.ts";

const kinds = ["network", ...readerKinds, "osdp"];

/** What `guichet tap --help` says beside its usage. */
export const tapHelp = `Without --reader it is a reader of this machine that dials the bridge, as those in the corridor do.

  --reader lobby/0   the first reader of the terminal lobby, as the configuration has it:
                       listen     it dials the bridge
                       dial       it waits at that address, which must be this machine's
                       serial     a port of that name is made, such as serial: ./virtual-reader
                       serial: auto, keyboard   at the end of a USB cable; needs root and a USB device
                                  controller, or the modules dummy_hcd and libcomposite
                       hid        a pcProx; needs root and the module uhid
                       pcsc       needs pcscd and vsmartcard-vpcd
                     It says what the bridge heard, and who that is
  --as <kind>        ${kinds.join(", ")};
                     with --reader the configured driver's own, if left out
  --bits <n>         how many bits of the number count, such as 26; all if left out. A network reader
                     says the number as it is
  --stay <seconds>   with --reader: how long it stays plugged in afterwards. A virtual OSDP reader is given
                     its key in that time by: guichet reader-key lobby/0 --install`;

/** `guichet tap`: a badge at a virtual reader. Exit code 1 where the bridge heard nothing of it. */
export async function tap(context: Context, args: string[]): Promise<number> {
  const { card, as, reader, bits, stay } = read(args);
  if (reader !== undefined)
    return await tapAtReader(context, { card, readerId: reader, as, bits, staySeconds: stay });
  const { readerHost, readerPort: port } = context.settings.bridge;
  const host = reachedAt(readerHost);
  if (as === "osdp")
    throw new UserError("An OSDP reader dials nobody. Name the one that is configured: --reader.");
  const told = bits === undefined ? {} : { bits };
  const tapped =
    as === undefined || as === "network"
      ? tapReader({ host, port, card })
      : tapAs({ kind: as, host, port, card, ...told });
  await tapped.catch((error: Error) => {
    throw new UserError(`${error.message} Is the bridge running?`);
  });
  console.log("Tapped. Look at the kiosk.");
  return 0;
}

interface Asked {
  readonly card: string;
  readonly as: string | undefined;
  readonly reader: string | undefined;
  readonly bits: number | undefined;
  readonly stay: number;
}

function read(args: string[]): Asked {
  const { values, positionals } = parseArgs({
    args,
    options: {
      as: { type: "string" },
      reader: { type: "string" },
      bits: { type: "string" },
      stay: { type: "string" },
    },
    allowPositionals: true,
  });
  const { as, reader } = values;
  const [card = "", ...more] = positionals;
  if (!/^[\x21-\x7e]{1,128}$/.test(card) || more.length > 0) throw new WrongCall();
  if (as !== undefined && !kinds.includes(as))
    throw new UserError(`There is no virtual reader "${as}". There are: ${kinds.join(", ")}.`);
  const bits = countOf("--bits", values.bits, 128);
  const stay = countOf("--stay", values.stay, 3_600) ?? 0;
  return { card, as, reader, bits, stay };
}

function countOf(option: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) throw new UserError(`${option} is a number from 1 to ${most}.`);
  return count;
}
