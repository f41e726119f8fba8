import { finishingName } from "../../ipp/finishings.ts";
import { mediaDimensions } from "../../ipp/media-name.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { collectionOf } from "../../ipp/read.ts";
import type { CannotDo, DeviceAbilities } from "../../protocol/handling.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import { passageOf } from "../convert/converter.ts";

/**
 * What of a job a device says it cannot do, in the person's terms; empty where it can do all. A list
 * that it does not tell is no refusal: then its answer to the job tells.
 */
export function whatItCannot(particulars: Particulars, abilities: DeviceAbilities): CannotDo[] {
  const { sides, media, handling = {} } = particulars;
  const cannot = new Set<CannotDo>();
  const check = <T>(wish: T | undefined, known: readonly T[] | undefined, what: CannotDo) => {
    if (wish !== undefined && known !== undefined && !known.includes(wish)) cannot.add(what);
  };
  if (sides !== "one-sided") check<string>(sides, abilities.sides, "two-sided");
  if (media !== undefined && !takesSize(media, abilities.media)) cannot.add("paper-size");
  for (const finishing of handling.finishings ?? [])
    check(finishing, abilities.finishings, finishingKind(finishing));
  check(handling.mediaSource, abilities.mediaSources, "tray");
  check(handling.mediaType, abilities.mediaTypes, "paper-type");
  check(handling.outputBin, abilities.outputBins, "output-bin");
  check(handling.printQuality, abilities.printQualities, "quality");
  check(handling.orientation, abilities.orientations, "orientation");
  check(handling.printScaling, abilities.printScalings, "scaling");
  check<string>(handling.jobSheets, abilities.jobSheets, "job-sheet");
  if (passageOf(particulars.documentFormat, abilities, []).kind === "none") cannot.add("format");
  for (const one of whatItCannotChoose(particulars, abilities)) cannot.add(one);
  return [...cannot];
}

/**
 * What sets the price must be done for certain: here a device that tells of itself and is silent about
 * this cannot do it (RFC 8011 §5.2: an attribute is supported where its `-supported` is told).
 */
function whatItCannotChoose(particulars: Particulars, abilities: DeviceAbilities): CannotDo[] {
  if (Object.keys(abilities).length === 0) return [];
  const { pageRanges, numberUp = 1 } = particulars;
  const cannot: CannotDo[] = [];
  if (pageRanges !== undefined && abilities.pageRanges !== true) cannot.push("page-ranges");
  if (numberUp > 1 && abilities.numberUps?.includes(numberUp) !== true) cannot.push("number-up");
  if (turnsGrey(particulars) && abilities.colour !== false && abilities.grey === false)
    cannot.push("grey");
  return cannot;
}

function turnsGrey({ colourMode, pageRuns }: Particulars): boolean {
  return colourMode === "grey" && pageRuns.some(([, colour]) => colour === "colour");
}

/** The same by the unsupported group of a device's answer to the job: RFC 8011 §4.1.7. */
export function whatItLeftOut(
  particulars: Particulars,
  unsupported: readonly IppAttribute[],
  { colour }: Pick<DeviceAbilities, "colour"> = {},
): CannotDo[] {
  const { sides, handling = {} } = particulars;
  const cannot = new Set<CannotDo>();
  for (const { name, values } of unsupported) {
    if (name === "sides" && sides !== "one-sided") cannot.add("two-sided");
    // A device without colour need not know how to leave it out.
    if (name === "print-color-mode" && colour !== false && turnsGrey(particulars))
      cannot.add("grey");
    if (name === "page-ranges" || name === "number-up") cannot.add(name);
    if (name === "media") cannot.add("paper-size");
    if (name === "media-col") {
      const told = collectionOf([{ name, values }], name)?.map((member) => member.name) ?? [];
      const tray = handling.mediaSource !== undefined && told.includes("media-source");
      const type = handling.mediaType !== undefined && told.includes("media-type");
      if (tray) cannot.add("tray");
      if (type) cannot.add("paper-type");
      if (!tray && !type) cannot.add("paper-size");
    }
    if (name === "finishings")
      for (const finishing of handling.finishings ?? []) cannot.add(finishingKind(finishing));
    const wished = wishes.get(name);
    if (wished !== undefined && handling[wished[0]] !== undefined) cannot.add(wished[1]);
  }
  return [...cannot];
}

const wishes = new Map([
  ["output-bin", ["outputBin", "output-bin"] as const],
  ["print-quality", ["printQuality", "quality"] as const],
  ["orientation-requested", ["orientation", "orientation"] as const],
  ["job-sheets", ["jobSheets", "job-sheet"] as const],
  ["print-scaling", ["printScaling", "scaling"] as const],
]);

/** Makers name one size in several ways; two sizes are one within a millimetre. */
function takesSize(media: string, known: readonly string[] | undefined): boolean {
  if (known === undefined || known.length === 0 || known.includes(media)) return true;
  if (known.some((name) => name.startsWith("custom_max_"))) return true;
  const wanted = mediaDimensions(media);
  if (wanted === undefined) return false;
  return known.some((name) => {
    const size = mediaDimensions(name);
    return (
      size !== undefined &&
      Math.abs(size.width - wanted.width) <= 100 &&
      Math.abs(size.height - wanted.height) <= 100
    );
  });
}

function finishingKind(value: number): CannotDo {
  const name = finishingName(value) ?? "";
  if (/^(staple|saddle-stitch|edge-stitch)/.test(name)) return "staple";
  if (name.startsWith("punch")) return "punch";
  return name.startsWith("fold") ? "fold" : "finish";
}
