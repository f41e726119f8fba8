import type { Colour, DocumentPage } from "./document-page.ts";
import { loadedMedium, sizeLabel } from "./media.ts";
import type { Ticket } from "./ticket.ts";

/** What comes out for one job, copy after copy (collated), each copy on fresh sheets. */
export interface SidePlan {
  readonly pages: readonly DocumentPage[];
  /** Indices into `pages` of the pages that page-ranges keeps, in order. */
  readonly chosen: readonly number[];
  /** How many of them are laid on one side. */
  readonly numberUp: number;
  readonly copies: number;
  readonly twoSided: boolean;
  readonly grey: boolean;
  readonly media: string | null;
  /** Sheets in front that name the job: one or none. */
  readonly inFront: number;
}

export interface PlannedSide {
  /** The first page on it; 0 for the sheet that names the job. */
  readonly page: number;
  readonly copy: number;
  readonly sheet: number;
  readonly side: "front" | "back";
  readonly colour: Colour;
  readonly size: string;
}

/** The plan for a document's pages under a ticket. `copies` is what the engine really makes. */
export function planSides(options: {
  readonly pages: readonly DocumentPage[];
  readonly ticket: Ticket;
  readonly copies: number;
}): SidePlan {
  const { pages, ticket, copies } = options;
  const all = pages.map((_, index) => index);
  return {
    pages,
    chosen:
      ticket.pageRanges.length === 0
        ? all
        : all.filter((index) =>
            ticket.pageRanges.some((range) => range.lower <= index + 1 && index < range.upper),
          ),
    numberUp: ticket.numberUp,
    copies,
    twoSided: ticket.sides !== "one-sided",
    grey: ticket.colourMode === "monochrome",
    media: ticket.media,
    inFront: ticket.handling?.jobSheet === undefined ? 0 : 1,
  };
}

/** How many sides the plan has. */
export function sideCount(plan: SidePlan): number {
  return plan.inFront + sidesPerCopy(plan) * plan.copies;
}

/** How many sheets the plan takes. */
export function sheetCount(plan: SidePlan): number {
  return plan.inFront + sheetsPerCopy(plan) * plan.copies;
}

/** The `index`-th side of the plan, from 0. Computed, not stored: 999 copies cost no memory. */
export function sideAt(plan: SidePlan, index: number): PlannedSide {
  const loaded = plan.media === null ? undefined : loadedMedium(plan.media)?.label;
  if (index < plan.inFront)
    return { page: 0, copy: 1, sheet: 1, side: "front", colour: "grey", size: loaded ?? "A4" };
  const perCopy = sidesPerCopy(plan);
  const copy = Math.floor((index - plan.inFront) / perCopy);
  const inCopy = (index - plan.inFront) % perCopy;
  const first = inCopy * plan.numberUp;
  const indices = plan.chosen.slice(first, first + plan.numberUp);
  const together = indices.flatMap((one) => plan.pages[one] ?? []);
  const [pageIndex] = indices;
  const [page] = together;
  if (pageIndex === undefined || page === undefined) {
    throw new Error(`Side ${index} is not in a plan of ${sideCount(plan)} sides.`);
  }
  const twoOrOne = plan.twoSided ? 2 : 1;
  const isColour = together.some(({ colour }) => colour === "colour");
  return {
    page: pageIndex + 1,
    copy: copy + 1,
    sheet: plan.inFront + copy * sheetsPerCopy(plan) + Math.floor(inCopy / twoOrOne) + 1,
    side: plan.twoSided && inCopy % 2 === 1 ? "back" : "front",
    colour: isColour && !plan.grey ? "colour" : "grey",
    size: loaded ?? sizeLabel(page),
  };
}

function sidesPerCopy(plan: SidePlan): number {
  return Math.ceil(plan.chosen.length / plan.numberUp);
}

function sheetsPerCopy(plan: SidePlan): number {
  return plan.twoSided ? Math.ceil(sidesPerCopy(plan) / 2) : sidesPerCopy(plan);
}
