import { type Static, Type } from "typebox";
import { Slug } from "./ids.ts";

const closed = { additionalProperties: false } as const;

/** An IPP keyword: of a tray, a paper's type, an output bin. Numbers alone confuse Windows. */
export const Keyword = Type.String({ pattern: "^[a-z][a-z0-9._-]{0,126}$" });

/** IPP `print-scaling` (PWG 5100.16 §7.4). */
export const PrintScaling = Type.Union([
  Type.Literal("auto"),
  Type.Literal("auto-fit"),
  Type.Literal("fill"),
  Type.Literal("fit"),
  Type.Literal("none"),
]);
export type PrintScaling = Static<typeof PrintScaling>;

/**
 * How paper is to be handled, where the person asked for something else than what is usual. It sets no
 * price; it goes to the device as it is, or the person is told what the device cannot do.
 */
export const Handling = Type.Object(
  {
    /** IPP `finishings` (RFC 8011 §5.2.6, PWG 5100.1), without `none`. */
    finishings: Type.Optional(
      Type.Array(Type.Integer({ minimum: 4, maximum: 0x7fff_ffff }), { minItems: 1, maxItems: 16 }),
    ),
    /** PWG 5100.7 `media-source` and `media-type`. */
    mediaSource: Type.Optional(Keyword),
    mediaType: Type.Optional(Keyword),
    /** PWG 5100.2 `output-bin`. */
    outputBin: Type.Optional(Keyword),
    /** IPP `print-quality`: 3 draft, 4 normal, 5 high. */
    printQuality: Type.Optional(Type.Integer({ minimum: 3, maximum: 5 })),
    /** IPP `orientation-requested`: 4 landscape, 5 reverse landscape, 6 reverse portrait. */
    orientation: Type.Optional(Type.Integer({ minimum: 4, maximum: 6 })),
    printScaling: Type.Optional(PrintScaling),
    /** IPP `job-sheets` (RFC 8011 §5.2.3): a sheet in front that names the job. It is free. */
    jobSheets: Type.Optional(Type.Literal("standard")),
  },
  closed,
);
export type Handling = Static<typeof Handling>;

/** What a device can do with a job, by its own attributes. A list left out is one it does not tell. */
export const DeviceAbilities = Type.Object(
  {
    finishings: Type.Optional(Type.Array(Type.Integer(), { maxItems: 128 })),
    /** Sizes by their PWG 5101.1 names; `media` all, `mediaReady` those that are loaded. */
    media: Type.Optional(Type.Array(Keyword, { maxItems: 256 })),
    mediaReady: Type.Optional(Type.Array(Keyword, { maxItems: 64 })),
    mediaDefault: Type.Optional(Keyword),
    mediaSources: Type.Optional(Type.Array(Keyword, { maxItems: 64 })),
    mediaTypes: Type.Optional(Type.Array(Keyword, { maxItems: 128 })),
    outputBins: Type.Optional(Type.Array(Keyword, { maxItems: 64 })),
    outputBinDefault: Type.Optional(Keyword),
    printQualities: Type.Optional(Type.Array(Type.Integer(), { maxItems: 8 })),
    orientations: Type.Optional(Type.Array(Type.Integer(), { maxItems: 8 })),
    printScalings: Type.Optional(Type.Array(PrintScaling, { maxItems: 8 })),
    jobSheets: Type.Optional(Type.Array(Keyword, { maxItems: 16 })),
    sides: Type.Optional(Type.Array(Keyword, { maxItems: 8 })),
    colour: Type.Optional(Type.Boolean()),
    /** Whether it prints in grey what is in colour, when it is asked to. */
    grey: Type.Optional(Type.Boolean()),
    /** Media types of documents, such as `application/pdf`. */
    formats: Type.Optional(Type.Array(Type.String({ maxLength: 127 }), { maxItems: 64 })),
    /** Whether it prints chosen pages of a document (`page-ranges`). */
    pageRanges: Type.Optional(Type.Boolean()),
    /** How many pages it can lay on a side (`number-up`). */
    numberUps: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 32 })),
  },
  closed,
);
export type DeviceAbilities = Static<typeof DeviceAbilities>;

/** What of a job a device cannot do, in the person's terms. */
export const CannotDo = Type.Union([
  Type.Literal("staple"),
  Type.Literal("punch"),
  Type.Literal("fold"),
  Type.Literal("finish"),
  Type.Literal("paper-size"),
  Type.Literal("paper-type"),
  Type.Literal("tray"),
  Type.Literal("output-bin"),
  Type.Literal("quality"),
  Type.Literal("orientation"),
  Type.Literal("scaling"),
  Type.Literal("two-sided"),
  Type.Literal("job-sheet"),
  Type.Literal("format"),
  Type.Literal("page-ranges"),
  Type.Literal("number-up"),
  Type.Literal("grey"),
]);
export type CannotDo = Static<typeof CannotDo>;

/** POST /api/bridge/devices: what a bridge's devices can do, told when it changes. */
export const DeviceReport = Type.Object(
  {
    devices: Type.Array(Type.Object({ device: Slug, abilities: DeviceAbilities }, closed), {
      minItems: 1,
      maxItems: 100,
    }),
  },
  closed,
);
export type DeviceReport = Static<typeof DeviceReport>;
export const DeviceReportReply = Type.Object({ taken: Type.Integer() }, closed);
