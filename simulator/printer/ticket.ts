import type { Handling } from "./handling.ts";

/** What a client asked of one job, as the device understood it (RFC 8011 §5.2). */
export interface Ticket {
  readonly jobName: string;
  readonly user: string;
  readonly copies: number;
  readonly sides: Sides;
  /** Page ranges, ascending and apart; empty means every page. */
  readonly pageRanges: readonly PageRange[];
  /** Pages on one side. */
  readonly numberUp: number;
  readonly colourMode: ColourMode;
  /** Media keyword that was asked for, or null: then each page goes on paper of its own size. */
  readonly media: string | null;
  /** What is done with the paper, where it is not the usual. */
  readonly handling?: Handling;
}

export interface PageRange {
  readonly lower: number;
  readonly upper: number;
}

export const sidesKeywords = ["one-sided", "two-sided-long-edge", "two-sided-short-edge"] as const;
export type Sides = (typeof sidesKeywords)[number];

export const colourModes = ["auto", "color", "monochrome"] as const;
export type ColourMode = (typeof colourModes)[number];

export const numberUps = [1, 2, 4, 6, 9, 16] as const;

export const copiesMax = 999;
