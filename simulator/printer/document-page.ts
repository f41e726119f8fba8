/** What the device's interpreter found of one page: all that its engine must know. */
export interface DocumentPage {
  readonly colour: Colour;
  /** In 1/100 mm, as the page is meant to be read. */
  readonly width: number;
  readonly height: number;
}

/** How one printed side counts on the device's counters. */
export type Colour = "colour" | "grey";
