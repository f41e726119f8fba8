import type { JournalFact } from "../../protocol/bridge-server.ts";

/**
 * Where the money of one release stands. `none`: nothing was heard of it. `refused`: a reservation was
 * refused, and stays so. Every later state is an end, except that an uncertain one waits for a person.
 */
export type ReservationState =
  | "none"
  | "pending"
  | "refused"
  | "settled"
  | "voided"
  | "uncertain"
  | "decided";

/**
 * `apply`: the fact takes effect. `repeat`: it did so before. `known-better`: it tells of not knowing what
 * is known here. Else it contradicts what is known.
 */
export type Course = "apply" | "repeat" | "known-better" | "contradiction";

/**
 * Decides what a journal's fact does to a release. A release ends once: whatever is said after that and
 * is not the same again is kept for a person to look at, and moves no money.
 */
export function courseOf(state: ReservationState, fact: JournalFact["kind"] | "forgotten"): Course {
  // A journal that was put back from an older copy does not know an end that the server knows.
  if (fact === "forgotten")
    return state === "none" || state === "pending" || state === "refused"
      ? "apply"
      : "known-better";
  switch (state) {
    case "none":
    case "pending":
    case "refused":
      return fact === "decided" ? "contradiction" : "apply";
    case "uncertain":
      if (fact === "decided") return "apply";
      return fact === "uncertain" ? "repeat" : "contradiction";
    case "settled":
      return fact === "settle" ? "repeat" : "contradiction";
    case "voided":
      return fact === "void" ? "repeat" : "contradiction";
    case "decided":
      return fact === "decided" ? "repeat" : "contradiction";
  }
}

/** The state that a fact leads to once it took effect. */
export function stateAfter(fact: JournalFact["kind"]): ReservationState {
  switch (fact) {
    case "settle":
      return "settled";
    case "void":
      return "voided";
    case "uncertain":
      return "uncertain";
    case "decided":
      return "decided";
  }
}
