import { type Static, Type } from "typebox";
import { Count, LoginName, Sentence } from "./ids.ts";

const closed = { additionalProperties: false } as const;

/** What a reader said, or a step made of it: its last three characters only, without the right to see it. */
const Said = Type.String({ maxLength: 400 });

/** A reader of the bridge, as a technician sees it. */
export const ReaderShown = Type.Object(
  {
    /** `<terminal>/<index>`. */
    id: Type.String({ maxLength: 80 }),
    /** How it is reached, as it was configured. */
    reached: Type.String({ maxLength: 600 }),
    state: Type.Union([
      Type.Literal("absent"),
      Type.Literal("opening"),
      Type.Literal("ready"),
      Type.Literal("degraded"),
    ]),
    /** What it says of itself. */
    identity: Type.Optional(Type.String({ maxLength: 400 })),
    /** Why it is not ready, or what else is to be done about it. */
    sentences: Type.Array(Type.String({ maxLength: 600 }), { maxItems: 8 }),
  },
  closed,
);
export type ReaderShown = Static<typeof ReaderShown>;

/** GET /readers at a bridge: its readers, and what is plugged in that is nobody's. */
export const ReadersShown = Type.Object(
  { bridge: Type.String(), readers: Type.Array(ReaderShown), newest: Count },
  closed,
);
export type ReadersShown = Static<typeof ReadersShown>;

/** Something that a reader said, on its way to a card number and a person. */
export const TapShown = Type.Object(
  {
    /** Grows with every tap, and again when more is known of it. */
    change: Count,
    tap: Count,
    reader: Type.String({ maxLength: 80 }),
    medium: Type.String(),
    tagType: Type.Optional(Type.String({ maxLength: 80 })),
    bits: Type.Optional(Count),
    bytes: Said,
    said: Said,
    steps: Type.Array(
      Type.Object(
        {
          step: Type.String({ maxLength: 400 }),
          says: Type.String({ maxLength: 600 }),
          text: Type.Union([Said, Type.Null()]),
        },
        closed,
      ),
      { maxItems: 16 },
    ),
    number: Type.Union([Said, Type.Null()]),
    /** What is odd about it: why it is no card, why it was turned away, that its number changes. */
    sentences: Type.Array(Type.String({ maxLength: 600 }), { maxItems: 8 }),
    /** Who it is, or why nobody; once the server has answered. */
    who: Type.Optional(Type.String({ maxLength: 400 })),
  },
  closed,
);
export type TapShown = Static<typeof TapShown>;

/** GET /readers/taps?after=<change> waits up to 20 s for what is newer. */
export const TapsShown = Type.Object(
  { taps: Type.Array(TapShown, { maxItems: 100 }), newest: Count, whole: Type.Boolean() },
  closed,
);
export type TapsShown = Static<typeof TapsShown>;

/**
 * POST /readers/sight at a bridge, and /api/bridge/card-sight at the server: somebody with the right to
 * see whole card numbers wants to, for a while.
 */
export const SightRequest = Type.Object(
  { login: LoginName, password: Type.String({ minLength: 1, maxLength: 512 }) },
  closed,
);
export type SightRequest = Static<typeof SightRequest>;

export const SightReply = Type.Union([
  Type.Object({ kind: Type.Literal("granted"), minutes: Count }, closed),
  Type.Object({ kind: Type.Literal("refused"), sentence: Sentence }, closed),
]);
export type SightReply = Static<typeof SightReply>;

/** What the bridge answers: a key to be shown with each further request. */
export const SightGiven = Type.Object({ sight: Type.String(), minutes: Count }, closed);
export type SightGiven = Static<typeof SightGiven>;
