import type { DeviceAbilities } from "../../protocol/handling.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import type { PrintSettings, Settable } from "../../protocol/print-settings.ts";

/**
 * What of a document may be set at its release. A raster was drawn by its sender for one or two sides
 * (PWG 5102.4 §4.3.2: backs may be turned), so that only the sender can change them.
 */
export function settableOf({ documentFormat }: Pick<Particulars, "documentFormat">): Settable[] {
  return isRaster(documentFormat) ? ["copies", "colourMode"] : ["copies", "sides", "colourMode"];
}

/** What may be set at a device, by what it tells of itself; a list that it does not tell is no refusal. */
export function settableAt({ sides, colour, grey }: DeviceAbilities): Settable[] {
  const bothWays =
    sides === undefined ||
    (sides.includes("one-sided") && sides.some((way) => way.startsWith("two-sided")));
  return [
    "copies",
    ...(bothWays ? (["sides"] as const) : []),
    // A device without colour has nothing to choose, and one that cannot leave it out no choice.
    ...(colour === false || grey === false ? [] : (["colourMode"] as const)),
  ];
}

/** Whether a document can be printed with these settings, as far as it is the document's to say. */
export function canBeSet(
  particulars: Particulars | undefined,
  settings: PrintSettings | undefined,
): boolean {
  if (settings === undefined) return true;
  if (particulars === undefined) return false;
  const settable = settableOf(particulars);
  const { copies, sides, colourMode } = settings;
  return (
    (copies === undefined || settable.includes("copies")) &&
    (sides === undefined || sides === particulars.sides || settable.includes("sides")) &&
    (colourMode === undefined || settable.includes("colourMode"))
  );
}

function isRaster(format: string): boolean {
  return format === "image/pwg-raster" || format === "image/urf";
}
