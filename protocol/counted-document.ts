import { Type } from "typebox";
import { Count, Money, Text } from "./ids.ts";
import { ColourMode, NumberUp, Sides } from "./particulars.ts";
import { Settable } from "./print-settings.ts";

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
    /** One copy: its printed sides, and how many of them hold colour, however it is printed. */
    ofOneCopy: Type.Optional(
      Type.Object({ impressions: Count, inColour: Count }, { additionalProperties: false }),
    ),
    /** What of it may be set at a release; nothing where nothing is said. */
    settable: Type.Optional(Type.Array(Settable, { maxItems: 3 })),
  },
  { additionalProperties: false },
);
