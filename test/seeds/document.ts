import type { ColourMode } from "../../protocol/particulars.ts";
import type { DocumentPage } from "../../simulator/printer/document-page.ts";

/**
 * A document of the simulated world says of itself what its pages are, one letter each, so that a device
 * prints what it was really sent. It is filled up to its size and has a mark at its end.
 */
export function documentOf(pages: readonly ColourMode[], bytes: number): Uint8Array {
  const letters = pages.map((colour) => (colour === "colour" ? "c" : "g")).join("");
  return Buffer.from(`${letters.padEnd(bytes - 1, " ")}.`, "latin1");
}

/** The pages of a document, or undefined when it is not whole. */
export function pagesOf(document: Uint8Array): DocumentPage[] | undefined {
  const text = Buffer.from(document).toString("latin1");
  if (!text.endsWith(".")) return undefined;
  return [...text.slice(0, -1).trimEnd()].map((letter) => ({
    colour: letter === "c" ? "colour" : "grey",
    width: 21_000,
    height: 29_700,
  }));
}
