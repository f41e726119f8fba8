import type { DeviceAbilities, PrintScaling } from "../../protocol/handling.ts";
import type { NumberUp, Sides } from "../../protocol/particulars.ts";
import type { ProviderSite } from "../../protocol/provider-server.ts";
import { capabilities } from "./capabilities.ts";
import { type MediaSize, mediaSizes, usualMedia } from "./media-sizes.ts";

/** What a queue offers its clients and keeps them to: all that its devices can do, together. */
export interface QueueAbilities {
  /** Values of `finishings`, `none` first. */
  readonly finishings: readonly number[];
  readonly sizes: readonly MediaSize[];
  readonly readySizes: readonly MediaSize[];
  readonly defaultSize: MediaSize;
  readonly mediaSources: readonly string[];
  readonly mediaTypes: readonly string[];
  readonly outputBins: readonly string[];
  readonly printQualities: readonly number[];
  readonly orientations: readonly number[];
  readonly printScalings: readonly PrintScaling[];
  readonly jobSheets: readonly ("none" | "standard")[];
  readonly sides: readonly Sides[];
  readonly numberUps: readonly NumberUp[];
  readonly pageRanges: boolean;
}

const known = new WeakMap<DeviceAbilities, QueueAbilities>();
const nothingTold: DeviceAbilities = {};

/** What a queue offers, by what the server tells of its devices. */
export function abilitiesOf(site: ProviderSite, queue: string): QueueAbilities {
  const told = site.abilities?.[queue] ?? nothingTold;
  const reckoned = known.get(told) ?? reckon(told);
  known.set(told, reckoned);
  return reckoned;
}

/**
 * The first of each list is the default, and what is asked for where nothing else is. Where no device
 * has told, only what every device does is offered.
 */
function reckon(told: DeviceAbilities): QueueAbilities {
  const sizes = orElse(mediaSizes(told.media ?? []), mediaSizes(usualMedia));
  const byName = new Map(sizes.map((size) => [size.name, size]));
  const among = (names: readonly string[]): MediaSize[] =>
    names.flatMap((name) => byName.get(name) ?? []);
  const [defaultSize = usualSize()] = [
    ...among([told.mediaDefault ?? "", "iso_a4_210x297mm"]),
    ...sizes,
  ];
  return {
    finishings: withFirst(capabilities.finishings, told.finishings),
    sizes,
    readySizes: orElse(among(told.mediaReady ?? []), sizes),
    defaultSize,
    mediaSources: withFirst(capabilities.mediaSource, told.mediaSources),
    mediaTypes: withFirst(capabilities.mediaType, told.mediaTypes),
    outputBins: binsOf(told),
    printQualities: withFirst(capabilities.printQuality, told.printQualities),
    orientations: withFirst(capabilities.orientation, told.orientations ?? [4, 5, 6]),
    printScalings: withFirst<PrintScaling>(capabilities.printScaling, told.printScalings),
    jobSheets: told.jobSheets?.includes("standard") ? ["none", "standard"] : ["none"],
    sides: capabilities.sides.filter(
      (sides) => sides === "one-sided" || (told.sides?.includes(sides) ?? true),
    ),
    numberUps: capabilities.numberUps.filter((n) => n === 1 || told.numberUps?.includes(n)),
    pageRanges: told.pageRanges ?? false,
  };
}

function binsOf({ outputBins = [], outputBinDefault }: DeviceAbilities): readonly string[] {
  const first = outputBinDefault ?? outputBins[0] ?? capabilities.outputBin;
  return withFirst(first, outputBins);
}

function usualSize(): MediaSize {
  const [size] = mediaSizes(usualMedia);
  if (size === undefined) throw new Error("The usual media have no sizes.");
  return size;
}

function withFirst<T>(first: T, rest: readonly T[] | undefined): T[] {
  return [first, ...(rest ?? []).filter((one) => one !== first)];
}

function orElse<T>(list: readonly T[], otherwise: readonly T[]): readonly T[] {
  return list.length === 0 ? otherwise : list;
}
