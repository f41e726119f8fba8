import type { IppAttribute, IppGroup, IppMessage } from "../../ipp/message.ts";
import {
  attributeOf,
  collectionOf,
  groupOf,
  integerOf,
  rangesOf,
  stringOf,
} from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import { readHandling } from "./handling.ts";
import { loadedMedia, loadedMedium } from "./media.ts";
import { templateAttributes } from "./printer-capabilities.ts";
import {
  colourModes,
  copiesMax,
  numberUps,
  type PageRange,
  sidesKeywords,
  type Ticket,
} from "./ticket.ts";

/** A ticket, and those attributes of the request that the device does not honour. */
export interface ReadTicket {
  readonly ticket: Ticket;
  readonly unsupported: readonly IppAttribute[];
}

/** Reads what a job request asks for. What cannot be done is left out and listed, RFC 8011 §4.1.7. */
export function readTicket(
  request: IppMessage,
  device: { readonly finisher: boolean } = { finisher: true },
): ReadTicket {
  const operation = groupOf(request, groupTag.operation);
  const job = groupOf(request, groupTag.job);
  const unsupported = new Set<IppAttribute>(
    (job?.attributes ?? []).filter(({ name }) => !known.has(name)),
  );
  /** The wish, or what the device does otherwise when it was not understood. */
  const wish = <T, D>(name: string, wanted: T | undefined, otherwise: D): T | D => {
    const attribute = attributeOf(job, name);
    if (attribute !== undefined && wanted === undefined) unsupported.add(attribute);
    return wanted ?? otherwise;
  };
  const { handling, unsupported: unhandled } = readHandling(job, device);
  for (const attribute of unhandled) unsupported.add(attribute);
  const copies = integerOf(job, "copies");
  const ticket: Ticket = {
    jobName: stringOf(operation, "job-name") ?? stringOf(operation, "document-name") ?? "Untitled",
    user: stringOf(operation, "requesting-user-name") ?? "anonymous",
    copies: wish("copies", inRange(copies), 1),
    sides: wish("sides", oneOf(sidesKeywords, stringOf(job, "sides")), "one-sided"),
    pageRanges: wish("page-ranges", ascending(rangesOf(job, "page-ranges")), []),
    numberUp: wish(
      "number-up",
      numberUps.find((number) => number === integerOf(job, "number-up")),
      1,
    ),
    colourMode: wish(
      "print-color-mode",
      oneOf(colourModes, stringOf(job, "print-color-mode")),
      "auto",
    ),
    media:
      wish("media", loadedMedium(stringOf(job, "media") ?? "")?.keyword, null) ??
      (asksForSize(job) ? wish("media-col", mediaOfColumn(job), null) : null),
    ...(Object.keys(handling).length === 0 ? {} : { handling }),
  };
  return { ticket, unsupported: [...unsupported] };
}

const known = new Set<string>(templateAttributes);

function inRange(copies: number | undefined): number | undefined {
  return copies !== undefined && copies >= 1 && copies <= copiesMax ? copies : undefined;
}

function oneOf<T extends string>(
  keywords: readonly T[],
  wanted: string | undefined,
): T | undefined {
  return keywords.find((keyword) => keyword === wanted);
}

/** RFC 8011 §5.2.7: ranges ascend, do not overlap, and start at 1 or later. */
function ascending(ranges: readonly PageRange[]): readonly PageRange[] | undefined {
  if (ranges.length === 0) return undefined;
  let above = 0;
  for (const { lower, upper } of ranges) {
    if (lower <= above || upper < lower) return undefined;
    above = upper;
  }
  return ranges;
}

/** A media-col may also ask for a type or a source alone: any medium will do then. */
function asksForSize(job: IppGroup | undefined): boolean {
  return collectionOf(collectionOf(job, "media-col"), "media-size") !== undefined;
}

/** The loaded medium of the size that media-col names. */
function mediaOfColumn(job: IppGroup | undefined): string | undefined {
  const size = collectionOf(collectionOf(job, "media-col"), "media-size");
  const width = integerOf(size, "x-dimension");
  const height = integerOf(size, "y-dimension");
  return loadedMedia.find(
    (medium) =>
      (medium.width === width && medium.height === height) ||
      (medium.width === height && medium.height === width),
  )?.keyword;
}
