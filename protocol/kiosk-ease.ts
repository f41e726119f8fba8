import { type Static, Type } from "typebox";
import { Count, Uuid } from "./ids.ts";
import { TimeFactor } from "./preferences.ts";

const closed = { additionalProperties: false } as const;

/** Documents that are deleted in a moment, unless the person takes it back. */
export const DeletionView = Type.Object({ count: Count, undoInMs: Count }, closed);
export type DeletionView = Static<typeof DeletionView>;

/** What a person may ask for in a session beside printing. */
export const EaseIntents = [
  /** Documents whose deletion is still held come back. */
  Type.Object({ kind: Type.Literal("undo-delete"), sessionId: Uuid }, closed),
  Type.Object({ kind: Type.Literal("look-for-missing"), sessionId: Uuid }, closed),
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
