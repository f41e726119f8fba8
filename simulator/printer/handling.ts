import * as ipp from "../../ipp/build.ts";
import { finishingName } from "../../ipp/finishings.ts";
import type { IppAttribute, IppGroup } from "../../ipp/message.ts";
import { attributeOf, collectionOf, integerOf, integersOf, stringOf } from "../../ipp/read.ts";

/** What is done with the paper of a job, where it is not the usual. */
export interface Handling {
  /** PWG 5100.1 names, such as `staple-top-left`. */
  readonly finishings?: readonly string[];
  readonly tray?: string;
  readonly type?: string;
  readonly bin?: string;
  readonly quality?: number;
  readonly orientation?: number;
  readonly scaling?: string;
  /** A sheet that names the job comes out first. */
  readonly jobSheet?: string;
}

/** No finishing, stapled in one corner or at the long edge, or punched; a finisher does it. */
const finishings = [3, 4, 5, 20, 28, 74];
const trays = ["auto", "main", "tray-2", "by-pass-tray"];
const types = ["stationery", "stationery-heavyweight", "labels"];
const bins = ["face-down", "face-up", "stacker-1"];
const qualities = [4, 3, 5];
const orientations = [3, 4, 5, 6];
const jobSheets = ["none", "standard"];
const scalings = ["auto", "fit", "fill", "none"];

/** What the device tells of all this; the first of each is what it does unasked. */
export function handlingAttributes({ finisher }: { readonly finisher: boolean }): IppAttribute[] {
  return [
    ...choice("finishings", (finisher ? finishings : [3]).map(ipp.enumeration)),
    ...choice("output-bin", (finisher ? bins : ["face-down"]).map(ipp.keyword)),
    ...choice("print-quality", qualities.map(ipp.enumeration)),
    ...choice("orientation-requested", orientations.map(ipp.enumeration)),
    ...choice("job-sheets", jobSheets.map(ipp.keyword)),
    ...choice("print-scaling", scalings.map(ipp.keyword)),
    ipp.attribute("media-source-supported", ...ipp.keywords(...trays)),
    ipp.attribute("media-type-supported", ...ipp.keywords(...types)),
  ];
}

function choice(name: string, values: readonly ReturnType<typeof ipp.keyword>[]): IppAttribute[] {
  return [
    ipp.attribute(`${name}-default`, ...values.slice(0, 1)),
    ipp.attribute(`${name}-supported`, ...values),
  ];
}

/** Reads it from a request; attributes with a value that the device does not have are unsupported. */
export function readHandling(
  job: IppGroup | undefined,
  { finisher }: { readonly finisher: boolean },
): { handling: Handling; unsupported: IppAttribute[] } {
  const unsupported: IppAttribute[] = [];
  const among = <T>(name: string, value: T | undefined, known: readonly T[]): T | undefined => {
    const asked = attributeOf(job, name);
    if (asked === undefined || value === undefined) return undefined;
    if (known.includes(value)) return value === known[0] ? undefined : value;
    unsupported.push(asked);
    return undefined;
  };
  const asked = integersOf(job, "finishings");
  const made = asked.filter((value) => (finisher ? finishings : [3]).includes(value));
  const left = attributeOf(job, "finishings");
  if (left !== undefined && made.length < asked.length) unsupported.push(left);
  const column = collectionOf(job, "media-col");
  const names = made.filter((value) => value !== 3).flatMap((value) => finishingName(value) ?? []);
  const handling = {
    finishings: names.length === 0 ? undefined : names,
    tray: among("media-col", stringOf(column, "media-source"), trays),
    type: among("media-col", stringOf(column, "media-type"), types),
    bin: among("output-bin", stringOf(job, "output-bin"), finisher ? bins : ["face-down"]),
    quality: among("print-quality", integerOf(job, "print-quality"), qualities),
    orientation: among(
      "orientation-requested",
      integerOf(job, "orientation-requested"),
      orientations,
    ),
    jobSheet: among("job-sheets", stringOf(job, "job-sheets"), jobSheets),
    scaling: among("print-scaling", stringOf(job, "print-scaling"), scalings),
  };
  return {
    handling: Object.fromEntries(
      Object.entries(handling).filter(([, value]) => value !== undefined),
    ),
    unsupported,
  };
}
