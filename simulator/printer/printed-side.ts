import type { Colour } from "./document-page.ts";
import type { Handling } from "./handling.ts";

/** One side of a sheet that lies in the output tray. `GET /paper` gives these, oldest first. */
export interface PrintedSide {
  /** The printer's job-id. Ids start again at 1 after a power cut: `jobUuid` does not. */
  readonly job: number;
  readonly jobUuid: string;
  readonly jobName: string;
  readonly user: string;
  /** Page of the document, from 1. */
  readonly page: number;
  /** How many pages the document has. */
  readonly pages: number;
  readonly copy: number;
  /** Which sheet of the job, from 1. */
  readonly sheet: number;
  readonly side: "front" | "back";
  readonly colour: Colour;
  /** The paper: "A4". */
  readonly size: string;
  /** Tray, finishing and the like, where they are not the usual. */
  readonly handling?: Handling;
  /** When the side came out, ISO 8601 in UTC. */
  readonly at: string;
  /** The device's counter after this side: the how-many-th impression of its life. */
  readonly impression: number;
}

/** The device's own page counter. It only ever rises, and outlives any power cut. */
export interface PageCounter {
  readonly colour: number;
  readonly grey: number;
  readonly sheets: number;
}

export const newCounter: PageCounter = { colour: 0, grey: 0, sheets: 0 };

/** The counter after `side` came out. */
export function countSide(
  counter: PageCounter,
  side: Pick<PrintedSide, "colour" | "side">,
): PageCounter {
  return {
    colour: counter.colour + (side.colour === "colour" ? 1 : 0),
    grey: counter.grey + (side.colour === "grey" ? 1 : 0),
    // A sheet counts when its front comes out: the back never comes without it.
    sheets: counter.sheets + (side.side === "front" ? 1 : 0),
  };
}

/** Sides printed in the device's life. */
export function impressions(counter: PageCounter): number {
  return counter.colour + counter.grey;
}
