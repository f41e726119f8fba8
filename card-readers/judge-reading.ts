import { admitCard, type CardGate, newGate } from "./card-gate.ts";
import type { Reading } from "./reader.ts";
import { nothingTurnedAway, type TurnedAway, takeReading, turnAway } from "./turned-away.ts";

/** What a reader did lately, and what it may do next. */
export interface Guard {
  readonly gate: CardGate;
  readonly turned: TurnedAway;
  /** The last that it said: a card that lies there is not looked at again. */
  readonly said: string;
  readonly number: string | undefined;
  readonly saidAt: number;
}

export const newGuard: Guard = {
  gate: newGate,
  turned: nothingTurnedAway,
  said: "",
  number: undefined,
  saidAt: Number.NEGATIVE_INFINITY,
};

/** For so long the same words are not made a number anew. */
const sameMs = 2_000;

/**
 * Decides about something that a reader said: a card that is let through, one that is turned away, or
 * none at all. `numberOf` is asked only for as much as a person could have caused.
 */
export function judgeReading(
  guard: Guard,
  { said, at }: { readonly said: string; readonly at: number },
  numberOf: () => string | undefined,
): {
  readonly guard: Guard;
  readonly number: string | undefined;
  readonly passage: Reading["passage"];
  /** How many were turned away, where it is to be told. */
  readonly tell?: number | undefined;
} {
  const isSame = said === guard.said && at - guard.saidAt < sameMs;
  const { turned, taken } = isSame
    ? { turned: guard.turned, taken: true }
    : takeReading(guard.turned, at);
  if (!taken) {
    const { tell, turned: counted } = turnAway(turned, at);
    return { guard: { ...guard, turned: counted }, number: undefined, passage: "flood", tell };
  }
  const number = isSame ? guard.number : numberOf();
  const seen = { ...guard, turned, said, number, saidAt: at };
  if (number === undefined) return { guard: seen, number, passage: "no-card" };
  const { gate, passage } = admitCard(guard.gate, { text: number, at });
  const after = { ...seen, gate };
  if (passage === "admitted" || passage === "same") return { guard: after, number, passage };
  const { tell, turned: counted } = turnAway(turned, at);
  return { guard: { ...after, turned: counted }, number, passage, tell };
}
