import type { DriverSettings } from "../driver.ts";
import { ReaderTrouble } from "../transport/trouble.ts";
import type { AskReader } from "./ask-reader.ts";
import { readYesNo } from "./chip-answers.ts";
import { commands } from "./commands.ts";
import { iclassTellsPac, serviceCommands } from "./service-commands.ts";
import { tagTypeMask, tagTypeNames } from "./tag-types.ts";

export interface ElatecSettings {
  /** The kinds of chip to look for, by `tagTypeNames`; all of them if none is named. */
  readonly tagTypes: readonly string[];
  /** Of HID iCLASS: the chip's own number, or the access bits that doors read. */
  readonly iclass: "csn" | "pac";
}

/** What a site set for its Elatec readers. Throws ReaderTrouble with a sentence for what is no setting. */
export function elatecSettings(settings: DriverSettings, where: string): ElatecSettings {
  const { tagTypes = [], iclass = "csn" } = settings;
  if (!Array.isArray(tagTypes))
    throw refused(`The tagTypes of the reader at ${where} are no list.`);
  const names: string[] = [];
  for (const name of tagTypes) {
    if (typeof name !== "string" || !tagTypeNames.includes(name))
      throw refused(
        `The reader at ${where} cannot look for "${String(name)}". These it can: ${tagTypeNames.join(", ")}.`,
      );
    names.push(name);
  }
  if (iclass !== "csn" && iclass !== "pac")
    throw refused(`What the reader at ${where} tells of iCLASS is csn or pac.`);
  return { tagTypes: names, iclass };
}

/**
 * Sets the reader so. Throws ReaderTrouble where it does not take what the site set: with other settings
 * it would tell other numbers, and be taken for one that reads.
 */
export async function applySettings(
  reader: AskReader,
  { tagTypes, iclass }: ElatecSettings,
  where: string,
): Promise<void> {
  const looks = await reader.ask(commands.setTagTypes(tagTypeMask(tagTypes)));
  if (looks.kind === "refused" && tagTypes.length > 0)
    throw refused(
      `The reader at ${where} cannot be told what to look for: leave out its tagTypes.`,
    );
  if (iclass !== "pac") return;
  const tells = await reader.ask(serviceCommands.setParameters([iclassTellsPac]));
  if (tells.kind !== "done" || readYesNo(tells.payload) !== true)
    throw refused(
      `The reader at ${where} does not tell the access bits of iCLASS cards: leave out its "iclass: pac", or give it newer firmware.`,
    );
}

const refused = (sentence: string) => new ReaderTrouble("forbidden", sentence);
