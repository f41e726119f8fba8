import type { IdentifyReply } from "../../protocol/bridge-server.ts";
import { type IdentifyRequest, signInOf } from "../../protocol/sign-in.ts";
import type { Site } from "../../protocol/site.ts";
import { checkPassword } from "./check-password.ts";
import { checkNumber, checkPin, type PinAnswer } from "./check-pin.ts";
import { type CardAnswer, findByCard } from "./find-by-card.ts";
import { identifyPerson } from "./identify.ts";
import { linkCard } from "./link-card.ts";
import { type PersonRow, secretsOf } from "./person.ts";
import type { SignInParts } from "./sign-in-parts.ts";

type Refusal = Extract<IdentifyReply, { kind: "refused" }>["reason"];
type Policy = ReturnType<typeof signInOf>;

/**
 * Who is at a terminal, in whichever way it was asked. `place` is the terminal with its bridge: wrong
 * tries are counted there. Throws NotOpenHere for a way that the site did not open at this terminal.
 */
export async function signIn(
  parts: SignInParts,
  asked: { request: IdentifyRequest; site: Site; place: string },
): Promise<IdentifyReply> {
  const { request, place } = asked;
  const policy = signInOf(asked.site, request.terminal);
  if (request.way === undefined || request.way === "card") {
    const { cardNumber, pin } = request;
    return await byCard(parts, {
      cardNumber,
      ...(pin === undefined ? {} : { pin }),
      place,
      policy,
    });
  }
  switch (request.way) {
    case "number": {
      if (!policy.ways.includes("number-pin")) throw new NotOpenHere();
      const { number, pin } = request;
      return ofPin(parts, await checkNumber(parts, { number, pin, place }));
    }
    case "password": {
      if (!policy.ways.includes("name-password")) throw new NotOpenHere();
      const { login, password } = request;
      const answer = await checkPassword(parts, { login, password, place });
      return answer.kind === "right" ? welcome(parts, answer.row) : ofOther(answer);
    }
    case "link-by-password":
    case "link-by-code": {
      const way = request.way === "link-by-code" ? "code" : "password";
      if (!policy.linkCards.includes(way)) throw new NotOpenHere();
      const linked = await linkCard(parts, { request, place });
      return linked.kind === "linked" ? welcome(parts, linked.row) : ofOther(linked);
    }
  }
}

/** A bridge asked for a way of signing in that is not open at its terminal. */
export class NotOpenHere extends Error {
  override readonly name = "NotOpenHere";
}

async function byCard(
  parts: SignInParts,
  asked: { cardNumber: string; pin?: string; place: string; policy: Policy },
): Promise<IdentifyReply> {
  const { cardNumber, pin, place, policy } = asked;
  const { ways, linkCards } = policy;
  if (!ways.includes("card") && !ways.includes("card-pin")) throw new NotOpenHere();
  const found = await findByCard(parts, cardNumber);
  if (found.kind === "refused") return cardRefused(found, linkCards);
  const { row } = found;
  const hasPin = secretsOf(parts.db, row.person_id).pin !== null;
  if (!ways.includes("card-pin") || (!hasPin && ways.includes("card"))) return welcome(parts, row);
  if (!hasPin) return refused("no-pin");
  if (pin === undefined) return { kind: "needs-pin" };
  return ofPin(parts, await checkPin(parts, { row, pin, place }));
}

function cardRefused(
  { reason }: Extract<CardAnswer, { kind: "refused" }>,
  linkBy: Policy["linkCards"],
): IdentifyReply {
  return reason === "unknown-card" && linkBy.length > 0
    ? { kind: "refused", reason, linkBy: [...linkBy] }
    : refused(reason);
}

function ofPin(parts: SignInParts, answer: PinAnswer): IdentifyReply {
  switch (answer.kind) {
    case "right":
      return welcome(parts, answer.row);
    case "slow-down":
      return answer;
    case "wrong":
    case "no-pin":
    case "busy":
      return refused(answer.kind);
  }
}

function ofOther(
  answer:
    | { kind: "wrong" }
    | { kind: "slow-down"; seconds: number }
    | { kind: "refused"; reason: Refusal },
): IdentifyReply {
  return answer.kind === "wrong" ? refused("wrong") : answer;
}

const welcome = ({ db, now }: SignInParts, row: PersonRow): IdentifyReply =>
  identifyPerson(db, row, now());

const refused = (reason: Refusal): IdentifyReply => ({ kind: "refused", reason });
