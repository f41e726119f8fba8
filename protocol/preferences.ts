import { type Static, Type } from "typebox";
import { Language, Uuid } from "./ids.ts";

const closed = { additionalProperties: false } as const;

/**
 * How much longer than usual a person may take, everywhere. Ten times is what WCAG 2.2 (2.2.1) asks
 * that people can set for themselves.
 */
export const TimeFactor = Type.Union([Type.Literal(1), Type.Literal(3), Type.Literal(10)]);
export type TimeFactor = Static<typeof TimeFactor>;

/** How a person wants screens to be. What is left out is as usual, or stays as it is. */
export const Preferences = Type.Object(
  {
    language: Type.Optional(Language),
    time: Type.Optional(TimeFactor),
    /** Strong contrast. */
    contrast: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type Preferences = Static<typeof Preferences>;

/** POST /api/bridge/preferences: what a person chose at a screen, to be kept for the next one. */
export const PreferencesRequest = Type.Object({ personId: Uuid, wants: Preferences }, closed);
export type PreferencesRequest = Static<typeof PreferencesRequest>;
export const PreferencesReply = Type.Object({ kept: Type.Boolean() }, closed);
