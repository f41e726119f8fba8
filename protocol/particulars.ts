import { type Static, Type } from "typebox";
import { Handling } from "./handling.ts";
import { Count, Text } from "./ids.ts";

/** Colour or grey, for one page or a whole job. */
export const ColourMode = Type.Union([Type.Literal("colour"), Type.Literal("grey")]);
export type ColourMode = Static<typeof ColourMode>;

/** IPP `sides` (RFC 8011 §5.2.8). */
export const Sides = Type.Union([
  Type.Literal("one-sided"),
  Type.Literal("two-sided-long-edge"),
  Type.Literal("two-sided-short-edge"),
]);
export type Sides = Static<typeof Sides>;

/**
 * IPP `page-ranges` (RFC 8011 §5.2.7): the pages of the document that are printed, [first, last] each,
 * counted from 1, ascending and apart. Pages that the document does not have are none.
 */
export const PageRanges = Type.Array(
  Type.Tuple([
    Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
  ]),
  { minItems: 1, maxItems: 100 },
);
export type PageRanges = Static<typeof PageRanges>;

/** IPP `number-up` (RFC 8011 §5.2.9): how many pages are laid on one printed side. */
export const NumberUp = Type.Union([
  Type.Literal(1),
  Type.Literal(2),
  Type.Literal(4),
  Type.Literal(6),
  Type.Literal(9),
  Type.Literal(16),
]);
export type NumberUp = Static<typeof NumberUp>;

/**
 * What sets the price of a job, as the provider counted it from the document itself and as the client
 * asked for it to be printed. The pages are given in their order as runs of equal colour, so that the
 * first n printed sides can be priced exactly when a print stops half-way.
 */
export const Particulars = Type.Object(
  {
    /** Pages of the document, in order: [how many, their colour]. Their sum is the page count. */
    pageRuns: Type.Array(
      Type.Tuple([Type.Integer({ minimum: 1, maximum: 1_000_000 }), ColourMode]),
      {
        minItems: 1,
        maxItems: 100_000,
      },
    ),
    copies: Type.Integer({ minimum: 1, maximum: 9999 }),
    sides: Sides,
    /** `grey` prints every page grey, whatever the document holds (IPP `print-color-mode`). */
    colourMode: ColourMode,
    /** Left out: every page. Chosen before pages are laid side by side. */
    pageRanges: Type.Optional(PageRanges),
    /** Left out: one. */
    numberUp: Type.Optional(NumberUp),
    /** PWG 5101.1 media name, for example `iso_a4_210x297mm`; none if the client did not say. */
    media: Type.Optional(Type.String({ maxLength: 127 })),
    /** What else was asked for, which sets no price: finishings, tray, paper type, output bin… */
    handling: Type.Optional(Handling),
    documentFormat: Type.String({ maxLength: 127 }),
    /** Bytes of the document as it was sent. */
    sizeBytes: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type Particulars = Static<typeof Particulars>;

/** What a provider says about a job while it lives there. */
export const JobState = Type.Union([
  Type.Literal("receiving"),
  Type.Literal("analysing"),
  Type.Literal("held"),
  Type.Literal("claimed"),
  Type.Literal("printed"),
  Type.Literal("uncertain"),
  Type.Literal("refused"),
  Type.Literal("cancelled"),
  Type.Literal("expired"),
]);
export type JobState = Static<typeof JobState>;

/**
 * Why a provider refused a document, for whoever must say it in another language than the provider's
 * sentence. It grows: a reader that does not know one says that the document cannot be printed.
 */
export const RefusedBecause = Type.Union([
  Type.Literal("unsupported"),
  Type.Literal("not-only-pdf"),
  Type.Literal("more-behind"),
  Type.Literal("encrypted"),
  Type.Literal("damaged"),
  Type.Literal("no-pages"),
  Type.Literal("too-many-pages"),
  Type.Literal("too-complex"),
  Type.Literal("analysis-failed"),
  Type.Literal("own-copies"),
  Type.Literal("no-such-pages"),
  Type.Literal("too-large"),
  Type.Literal("no-room"),
  Type.Literal("not-arrived"),
  Type.Literal("damaged-here"),
]);
export type RefusedBecause = Static<typeof RefusedBecause>;

/** How far a job that stopped half-way had come: sides that came out, and sides that were wanted. */
export const PartlyPrinted = Type.Object(
  { printed: Count, wanted: Count },
  { additionalProperties: false },
);
export type PartlyPrinted = Static<typeof PartlyPrinted>;

/** A document's title as the client gave it. Personal data: shown to its owner, never logged. */
export const Title = Text;
