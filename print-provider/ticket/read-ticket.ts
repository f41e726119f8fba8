import { finishingValue } from "../../ipp/finishings.ts";
import type { IppAttribute, IppGroup, IppRange, IppValue } from "../../ipp/message.ts";
import {
  collectionOf,
  collectionsOf,
  integerOf,
  integersOf,
  rangesOf,
  resolutionOf,
  stringOf,
} from "../../ipp/read.ts";
import type { Handling } from "../../protocol/handling.ts";
import type { PageRanges, Sides } from "../../protocol/particulars.ts";
import { capabilities, type JobTemplateAttribute, jobTemplateAttributes } from "./capabilities.ts";
import type { QueueAbilities } from "./queue-abilities.ts";
import { readMediaCol } from "./read-media-col.ts";
import { type PrintColorMode, plainTicket, type Ticket } from "./ticket.ts";

export interface TicketReading {
  readonly ticket: Ticket;
  /** `job-hold-until` was `indefinite`. */
  readonly onHold: boolean;
  /** What cannot be done, as RFC 8011 §4.1.7 wants it answered: the unsupported group. */
  readonly unsupported: readonly IppAttribute[];
}

/** More than this is not answered one by one: the client has its answer by then. */
const unsupportedMost = 100;

/** What a rule found: changes to the ticket, or undefined when the value cannot be had. */
type Change =
  | {
      readonly ticket?: Partial<Omit<Ticket, "handling">>;
      readonly handling?: Handling;
      readonly onHold?: boolean;
    }
  | undefined;
type Rule = (group: IppGroup, name: string, abilities: QueueAbilities) => Change;

const nothing: Change = {};

const rules: Record<JobTemplateAttribute, Rule> = {
  copies: (group, name) => {
    const copies = integerOf(group, name) ?? 0;
    return copies >= 1 && copies <= capabilities.copiesMost ? { ticket: { copies } } : undefined;
  },
  sides: (group, name, abilities) => {
    const sides = oneOf<Sides>(stringOf(group, name), abilities.sides);
    return sides === undefined ? undefined : { ticket: { sides } };
  },
  "print-color-mode": (group, name) => {
    const mode = oneOf<PrintColorMode>(stringOf(group, name), capabilities.printColorModes);
    return mode === undefined ? undefined : { ticket: { printColorMode: mode } };
  },
  media: (group, name, { sizes }) => {
    const asked = stringOf(group, name);
    const media = sizes.find((size) => size.name === asked)?.name;
    return media === undefined ? undefined : { ticket: { media } };
  },
  "media-col": (group, name, abilities) => {
    const members = collectionOf(group, name);
    const read = members === undefined ? undefined : readMediaCol(members, abilities);
    if (read === undefined) return undefined;
    const { media, handling } = read;
    return { ...(media === undefined ? {} : { ticket: { media } }), handling };
  },
  "job-hold-until": (group, name) => {
    const until = oneOf(stringOf(group, name), capabilities.jobHoldUntil);
    return until === undefined ? undefined : { onHold: until === "indefinite" };
  },
  finishings: (group, name, abilities) => readFinishings(integersOf(group, name), abilities),
  "finishings-col": (group, name, abilities) => {
    const values = collectionsOf(group, name).map((members) =>
      members.length === 1 ? finishingValue(stringOf(members, "finishing-template") ?? "") : -1,
    );
    return readFinishings(
      values.map((value) => value ?? -1),
      abilities,
    );
  },
  "job-sheets": (group, name, abilities) => {
    const jobSheets = oneOf(stringOf(group, name), abilities.jobSheets);
    if (jobSheets === undefined) return undefined;
    return jobSheets === "none" ? nothing : { handling: { jobSheets } };
  },
  "multiple-document-handling": (group, name) =>
    when(oneOf(stringOf(group, name), capabilities.multipleDocumentHandling) !== undefined),
  "number-up": (group, name, { numberUps }) => {
    const asked = integerOf(group, name);
    const numberUp = numberUps.find((known) => known === asked);
    return numberUp === undefined ? undefined : { ticket: { numberUp } };
  },
  "orientation-requested": (group, name, { orientations }) => {
    const orientation = integerOf(group, name) ?? 0;
    // 7 is `none`: as the document says, which is what a device does anyway (PWG 5100.13 §6.1).
    if (orientation === capabilities.orientation || orientation === 7) return nothing;
    return orientations.includes(orientation) ? { handling: { orientation } } : undefined;
  },
  "output-bin": (group, name, { outputBins }) => {
    const outputBin = oneOf(stringOf(group, name), outputBins);
    if (outputBin === undefined) return undefined;
    return outputBin === outputBins[0] ? nothing : { handling: { outputBin } };
  },
  "page-ranges": (group, name, { pageRanges }) => {
    const ranges = readPageRanges(rangesOf(group, name));
    return ranges === undefined || !pageRanges ? undefined : { ticket: { pageRanges: ranges } };
  },
  "print-content-optimize": only(capabilities.printContentOptimize),
  "print-quality": (group, name, { printQualities }) => {
    const printQuality = integerOf(group, name) ?? 0;
    if (!printQualities.includes(printQuality)) return undefined;
    return printQuality === capabilities.printQuality ? nothing : { handling: { printQuality } };
  },
  "print-rendering-intent": only(capabilities.printRenderingIntent),
  "print-scaling": (group, name, { printScalings }) => {
    const printScaling = oneOf(stringOf(group, name), printScalings);
    if (printScaling === undefined) return undefined;
    return printScaling === capabilities.printScaling ? nothing : { handling: { printScaling } };
  },
  "printer-resolution": (group, name) => {
    const { x, y, units } = resolutionOf(group, name) ?? { x: 0, y: 0, units: 0 };
    return when(x === y && units === 3 && capabilities.resolutionsDpi.some((dpi) => dpi === x));
  },
};

const manyValued: ReadonlySet<string> = new Set(["finishings", "finishings-col", "page-ranges"]);

const ruleOf = new Map<string, Rule>(jobTemplateAttributes.map((name) => [name, rules[name]]));

/**
 * Reads how a job shall be printed from its job attributes group (RFC 8011 §5.2). What cannot be
 * done is not in the ticket but in `unsupported`; whether the job is taken all the same is up to
 * `ipp-attribute-fidelity`.
 */
export function readTicket(group: IppGroup | undefined, abilities: QueueAbilities): TicketReading {
  let ticket = plainTicket;
  let handling: Handling = {};
  let onHold = false;
  const unsupported: IppAttribute[] = [];
  const seen = new Set<string>();
  for (const attribute of group?.attributes ?? []) {
    if (group === undefined || seen.has(attribute.name)) continue;
    seen.add(attribute.name);
    const rule = ruleOf.get(attribute.name);
    const single = attribute.values.length === 1 || manyValued.has(attribute.name);
    const change = single ? rule?.(group, attribute.name, abilities) : undefined;
    if (change === undefined) {
      if (unsupported.length < unsupportedMost)
        unsupported.push(rule === undefined ? notKnown(attribute) : attribute);
      continue;
    }
    ticket = { ...ticket, ...change.ticket };
    handling = { ...handling, ...change.handling };
    onHold = change.onHold ?? onHold;
  }
  if (Object.keys(handling).length > 0) ticket = { ...ticket, handling };
  return { ticket, onHold, unsupported };
}

/** Each value is a wish of its own; one that cannot be had makes the attribute unsupported. */
function readFinishings(values: readonly number[], abilities: QueueAbilities): Change {
  if (values.length > 16 || !values.every((value) => abilities.finishings.includes(value)))
    return undefined;
  const finishings = [...new Set(values)].filter((value) => value !== capabilities.finishings);
  return finishings.length === 0 ? nothing : { handling: { finishings } };
}

/** RFC 8011 §5.2.7: ranges count from 1, ascend, and do not overlap. */
function readPageRanges(ranges: readonly IppRange[]): PageRanges | undefined {
  if (ranges.length === 0 || ranges.length > capabilities.pageRangesMost) return undefined;
  let above = 0;
  for (const { lower, upper } of ranges) {
    if (lower <= above || upper < lower) return undefined;
    above = upper;
  }
  return ranges.map(({ lower, upper }) => [lower, upper]);
}

/** RFC 8011 §4.1.7: an attribute that is not supported at all comes back with this value. */
function notKnown({ name }: IppAttribute): IppAttribute {
  const value: IppValue = { kind: "unsupported" };
  return { name, values: [value] };
}

function only(value: string): Rule {
  return (group, name) => when(stringOf(group, name) === value);
}

function when(kept: boolean): Change {
  return kept ? nothing : undefined;
}

function oneOf<T extends string>(given: string | undefined, known: readonly T[]): T | undefined {
  return known.find((value) => value === given);
}
