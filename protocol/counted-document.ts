import { Type } from "typebox";
import { Count, Money, Text } from "./ids.ts";
import { ColourMode, NumberUp, Sides } from "./particulars.ts";

/** What a document comes to at a device, as it is to be printed: for the screen. */
export const CountedDocument = Type.Object(
  {
    /** Pages of the document that are printed, and how many of them are in colour. */
    pages: Count,
    colourPages: Count,
    impressions: Count,
    sheets: Count,
    copies: Count,
    sides: Sides,
    colourMode: ColourMode,
    /** Which pages were chosen, such as "2–5, 9"; left out where it is every one. */
    chosenPages: Type.Optional(Text),
    /** Pages on a side, where it is more than one. */
    numberUp: Type.Optional(NumberUp),
    price: Money,
  },
  { additionalProperties: false },
);
