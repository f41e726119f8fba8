import type { IppAttribute, IppGroup, IppValue } from "../../ipp/message.ts";
import { collectionOf, integerOf, integersOf, resolutionOf, stringOf } from "../../ipp/read.ts";
import type { Sides } from "../../protocol/particulars.ts";
import { capabilities, type JobTemplateAttribute, jobTemplateAttributes } from "./capabilities.ts";
import { isMediaName } from "./media-sizes.ts";
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
type Change = { readonly ticket?: Partial<Ticket>; readonly onHold?: boolean } | undefined;
type Rule = (group: IppGroup, name: string) => Change;

const nothing: Change = {};

const rules: Record<JobTemplateAttribute, Rule> = {
  copies: (group, name) => {
    const copies = integerOf(group, name) ?? 0;
    return copies >= 1 && copies <= capabilities.copiesMost ? { ticket: { copies } } : undefined;
  },
  sides: (group, name) => {
    const sides = oneOf<Sides>(stringOf(group, name), capabilities.sides);
    return sides === undefined ? undefined : { ticket: { sides } };
  },
  "print-color-mode": (group, name) => {
    const mode = oneOf<PrintColorMode>(stringOf(group, name), capabilities.printColorModes);
    return mode === undefined ? undefined : { ticket: { printColorMode: mode } };
  },
  media: (group, name) => {
    const media = stringOf(group, name);
    return media !== undefined && isMediaName(media) ? { ticket: { media } } : undefined;
  },
  "media-col": (group, name) => {
    const members = collectionOf(group, name);
    const read = members === undefined ? undefined : readMediaCol(members);
    return read === undefined ? undefined : { ticket: read };
  },
  "job-hold-until": (group, name) => {
    const until = oneOf(stringOf(group, name), capabilities.jobHoldUntil);
    return until === undefined ? undefined : { onHold: until === "indefinite" };
  },
  finishings: (group, name) =>
    when(integersOf(group, name).every((value) => value === capabilities.finishings)),
  "job-sheets": only(capabilities.jobSheets),
  "multiple-document-handling": (group, name) =>
    when(oneOf(stringOf(group, name), capabilities.multipleDocumentHandling) !== undefined),
  "number-up": (group, name) => when(integerOf(group, name) === capabilities.numberUp),
  "orientation-requested": (group, name) =>
    when(integerOf(group, name) === capabilities.orientation),
  "output-bin": only(capabilities.outputBin),
  "print-content-optimize": only(capabilities.printContentOptimize),
  "print-quality": (group, name) => when(integerOf(group, name) === capabilities.printQuality),
  "print-rendering-intent": only(capabilities.printRenderingIntent),
  "printer-resolution": (group, name) => {
    const resolution = resolutionOf(group, name);
    const { resolutionDpi } = capabilities;
    const { x, y, units } = resolution ?? { x: 0, y: 0, units: 0 };
    return when(x === resolutionDpi && y === resolutionDpi && units === 3);
  },
};

const ruleOf = new Map<string, Rule>(jobTemplateAttributes.map((name) => [name, rules[name]]));

/**
 * Reads how a job shall be printed from its job attributes group (RFC 8011 §5.2). What cannot be
 * done is not in the ticket but in `unsupported`; whether the job is taken all the same is up to
 * `ipp-attribute-fidelity`.
 */
export function readTicket(group: IppGroup | undefined): TicketReading {
  let ticket = plainTicket;
  let onHold = false;
  const unsupported: IppAttribute[] = [];
  const seen = new Set<string>();
  for (const attribute of group?.attributes ?? []) {
    if (group === undefined || seen.has(attribute.name)) continue;
    seen.add(attribute.name);
    const rule = ruleOf.get(attribute.name);
    const single = attribute.values.length === 1 || attribute.name === "finishings";
    const change = single ? rule?.(group, attribute.name) : undefined;
    if (change === undefined) {
      if (unsupported.length < unsupportedMost)
        unsupported.push(rule === undefined ? notKnown(attribute) : attribute);
      continue;
    }
    ticket = { ...ticket, ...change.ticket };
    onHold = change.onHold ?? onHold;
  }
  return { ticket, onHold, unsupported };
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
