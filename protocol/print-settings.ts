import { type Static, Type } from "typebox";
import { Uuid } from "./ids.ts";
import { ColourMode, Sides } from "./particulars.ts";

const closed = { additionalProperties: false } as const;

/** How a person wants one release of a document, where that differs from how it was sent. */
export const PrintSettings = Type.Object(
  {
    copies: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
    sides: Type.Optional(Sides),
    colourMode: Type.Optional(ColourMode),
  },
  closed,
);
export type PrintSettings = Static<typeof PrintSettings>;

/** The settings of one document of a press of *Print*. */
export const JobSettings = Type.Object({ jobId: Uuid, settings: PrintSettings }, closed);
export type JobSettings = Static<typeof JobSettings>;

/** What can be set at a release: of a document, and at a device. */
export const Settable = Type.Union([
  Type.Literal("copies"),
  Type.Literal("sides"),
  Type.Literal("colourMode"),
]);
export type Settable = Static<typeof Settable>;
