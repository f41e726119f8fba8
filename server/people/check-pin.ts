import { beginTry, forgetTries, type Tried, takeBackTry } from "../../storage/wrong-tries.ts";
import { triedName, triedPerson } from "./check-password.ts";
import { findPersonByNumber, type PersonRow, secretsOf } from "./person.ts";
import type { SignInParts } from "./sign-in-parts.ts";

export type PinAnswer =
  | { kind: "right"; row: PersonRow }
  | { kind: "wrong" }
  | { kind: "no-pin" }
  | { kind: "busy" }
  | { kind: "slow-down"; seconds: number };

/** Whether it is the PIN of a person who is known by a card; counted before it is checked. */
export async function checkPin(
  parts: SignInParts,
  asked: { row: PersonRow; pin: string; place: string },
): Promise<PinAnswer> {
  const { row, pin, place } = asked;
  const hashed = secretsOf(parts.db, row.person_id).pin;
  if (hashed === null) return { kind: "no-pin" };
  return await check(parts, { row, pin, hashed, tried: triedPerson(row.person_id, place) });
}

/** Whose number and PIN these are. A number that nobody has takes as long, and is as wrong. */
export async function checkNumber(
  parts: SignInParts,
  asked: { number: string; pin: string; place: string },
): Promise<PinAnswer> {
  const { number, pin, place } = asked;
  const row = findPersonByNumber(parts.db, number.trim());
  if (row !== undefined) {
    const hashed = secretsOf(parts.db, row.person_id).pin;
    return await check(parts, { row, pin, hashed, tried: triedPerson(row.person_id, place) });
  }
  return await check(parts, { pin, hashed: null, tried: triedName(parts, number.trim(), place) });
}

async function check(
  { db, secrets, now }: SignInParts,
  asked: { row?: PersonRow; pin: string; hashed: string | null; tried: Tried },
): Promise<PinAnswer> {
  const { row, pin, hashed, tried } = asked;
  const turn = beginTry(db, tried, now());
  if (turn.kind === "slow-down") return turn;
  const right = await secrets.check(pin, hashed);
  if (right === "busy") {
    takeBackTry(db, tried);
    return { kind: "busy" };
  }
  if (!right || row === undefined) return { kind: "wrong" };
  forgetTries(db, tried);
  return { kind: "right", row };
}
