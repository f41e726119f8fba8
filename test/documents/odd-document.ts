/** A document to count, and what is odd about it. */
export interface OddDocument {
  readonly name: string;
  readonly format: "PDF" | "PWG raster" | "Apple raster" | "JPEG" | "other";
  readonly bytes: Buffer;
  /**
   * What whoever made it put in: "gcg" for a grey page, one in colour, a grey one; or that it is
   * refused. Left out where only a peer can say.
   */
  readonly truth?: string;
}
