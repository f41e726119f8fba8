import { createHmac } from "node:crypto";
import type { IdentifyRequest } from "../../protocol/sign-in.ts";
import { transaction } from "../../storage/transaction.ts";
import { beginTry, forgetTries } from "../../storage/wrong-tries.ts";
import { badgeHolder, giveBadge } from "./badges.ts";
import { cardFinder, sealCard } from "./card-keys.ts";
import { checkPassword, type PasswordAnswer } from "./check-password.ts";
import { linkCodeFinder, linkCodeHolder, useLinkCode } from "./link-codes.ts";
import { findPerson, isDisabled, type PersonRow } from "./person.ts";
import type { SignInParts } from "./sign-in-parts.ts";

type LinkRequest = Extract<IdentifyRequest, { way: "link-by-password" | "link-by-code" }>;
export type Linked =
  | { kind: "linked"; row: PersonRow }
  | Exclude<PasswordAnswer, { kind: "right" }>
  | { kind: "refused"; reason: "cannot-link" };

/**
 * Gives a card that nobody has to whoever proves who they are: by name and password, or by a code that
 * the help desk made for them. A card that has an owner by now is not linked, whatever is typed.
 */
export async function linkCard(
  parts: SignInParts,
  asked: { request: LinkRequest; place: string },
): Promise<Linked> {
  const { request, place } = asked;
  if (request.way === "link-by-code") return byCode(parts, request, place);
  const { login, password } = request;
  const answer = await checkPassword(parts, { login, password, place });
  return answer.kind === "right" ? link(parts, answer.row, request.cardNumber) : answer;
}

function byCode(
  parts: SignInParts,
  request: Extract<LinkRequest, { way: "link-by-code" }>,
  place: string,
): Linked {
  const { db, cards, codeKey, now } = parts;
  // Counted for this card: whoever guesses slows down nobody who has another.
  const card = createHmac("sha256", codeKey).update(cardFinder(cards, request.cardNumber));
  const tried = { subject: `card ${card.digest("base64url").slice(0, 22)}`, place };
  const turn = beginTry(db, tried, now());
  if (turn.kind === "slow-down") return turn;
  const finder = linkCodeFinder(codeKey, request.code);
  const holder = linkCodeHolder(db, finder, now());
  const row = holder === undefined ? undefined : findPerson(db, holder);
  if (row === undefined) return { kind: "wrong" };
  if (isDisabled(row, now())) return { kind: "refused", reason: "disabled" };
  return transaction(db, () => {
    const linked = link(parts, row, request.cardNumber);
    if (linked.kind !== "linked") return linked;
    useLinkCode(db, finder);
    forgetTries(db, tried);
    return linked;
  });
}

function link(parts: SignInParts, row: PersonRow, cardNumber: string): Linked {
  const { db, cards, now, log } = parts;
  const { person_id: personId } = row;
  const card = sealCard(cards, { personId, cardNumber });
  if (badgeHolder(db, card.finder) !== undefined) return { kind: "refused", reason: "cannot-link" };
  const given = giveBadge(db, { personId, card }, now());
  if (given.kind === "conflict") return { kind: "refused", reason: "cannot-link" };
  log.info({ event: "badge-linked", personId });
  return { kind: "linked", row };
}
