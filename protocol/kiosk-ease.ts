import { type Static, Type } from "typebox";
import { Count, Money, Text, Uuid } from "./ids.ts";
import { TimeFactor } from "./preferences.ts";
import { JobCode } from "./unclaimed.ts";

const closed = { additionalProperties: false } as const;

/** Documents that are deleted in a moment, unless the person takes it back. */
export const DeletionView = Type.Object({ count: Count, undoInMs: Count }, closed);
export type DeletionView = Static<typeof DeletionView>;

/** What may pay instead of the person's own account, and what was chosen, if anything. */
export const PayingView = Type.Object(
  {
    shared: Type.Array(Type.Object({ account: Uuid, name: Text, available: Money }, closed), {
      minItems: 1,
      maxItems: 32,
    }),
    chosen: Type.Optional(Uuid),
  },
  closed,
);
export type PayingView = Static<typeof PayingView>;

/** What a person may ask for in a session beside printing. */
export const EaseIntents = [
  /** Documents whose deletion is still held come back. */
  Type.Object({ kind: Type.Literal("undo-delete"), sessionId: Uuid }, closed),
  Type.Object({ kind: Type.Literal("look-for-missing"), sessionId: Uuid }, closed),
  /** The code of a document of nobody known was typed. *Accepted* says that it is taken, not right. */
  Type.Object({ kind: Type.Literal("take-by-code"), sessionId: Uuid, code: JobCode }, closed),
  /** What is printed from now on is paid by this shared account; by the own one where none is named. */
  Type.Object(
    { kind: Type.Literal("pay-from"), sessionId: Uuid, account: Type.Union([Type.Null(), Uuid]) },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal("prefer"),
      sessionId: Uuid,
      time: Type.Optional(TimeFactor),
      contrast: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
] as const;
