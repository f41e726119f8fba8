import { createHmac } from "node:crypto";
import {
  beginTry,
  forgetTries,
  hasNoTries,
  type Tried,
  takeBackTry,
} from "../../storage/wrong-tries.ts";
import type { DirectoryVerdict } from "../directory/directory.ts";
import { changePerson } from "./change-person.ts";
import { takeFromDirectory } from "./from-directory.ts";
import { loginKey } from "./login-name.ts";
import { findPersonByLogin, isDisabled, type PersonRow, secretsOf } from "./person.ts";
import type { SignInParts } from "./sign-in-parts.ts";

/** What became of a name and a password. Only `right` is a person. */
export type PasswordAnswer =
  | { kind: "right"; row: PersonRow }
  | { kind: "wrong" }
  | { kind: "slow-down"; seconds: number }
  | {
      kind: "refused";
      reason:
        | "disabled"
        | "not-allowed"
        | "account-locked"
        | "password-expired"
        | "directory-unreachable"
        | "busy";
    };

/** Asks for a try by somebody whom the site may not know; the typed name itself is not stored. */
export function triedName(parts: SignInParts, name: string, place: string): Tried {
  const hidden = createHmac("sha256", parts.codeKey).update(`name ${name}`).digest("base64url");
  return { subject: `name ${hidden.slice(0, 22)}`, place };
}

export const triedPerson = (personId: string, place: string): Tried => ({
  subject: `person ${personId}`,
  place,
});

/**
 * Whether a name and password are those of a person who may print. A person with a password of this
 * site is checked here, anyone else by the directory, if there is one. Each try is counted, durably,
 * for this person and `place` (a terminal, or an address), before it is checked.
 */
export async function checkPassword(
  parts: SignInParts,
  asked: { login: string; password: string; place: string },
): Promise<PasswordAnswer> {
  const { db, secrets, now } = parts;
  const { login, password, place } = asked;
  // Some directories take an empty password for a wish to be anonymous, and say yes.
  if (password === "" || login.trim() === "") return { kind: "wrong" };
  const row = findPersonByLogin(db, login);
  const stored = row === undefined ? null : secretsOf(db, row.person_id).password;
  const tried =
    row === undefined
      ? triedName(parts, loginKey(login), place)
      : triedPerson(row.person_id, place);
  if (row !== undefined && secrets.knows(password, stored) && hasNoTries(db, tried))
    return admitted(row, now());
  const turn = beginTry(db, tried, now());
  if (turn.kind === "slow-down") return turn;
  if (parts.directory !== undefined && stored === null)
    return await byDirectory(parts, { login, password, row, tried });
  const right = await secrets.check(password, stored);
  if (right === "busy") {
    takeBackTry(db, tried);
    return { kind: "refused", reason: "busy" };
  }
  if (!right || row === undefined) return { kind: "wrong" };
  forgetTries(db, tried);
  return admitted(row, now());
}

function admitted(row: PersonRow, now: number): PasswordAnswer {
  return isDisabled(row, now) ? { kind: "refused", reason: "disabled" } : { kind: "right", row };
}

type DirectoryTry = {
  login: string;
  password: string;
  row: PersonRow | undefined;
  tried: Tried;
};

async function byDirectory(parts: SignInParts, asked: DirectoryTry): Promise<PasswordAnswer> {
  const { db, now, directory } = parts;
  if (directory === undefined) throw new Error("There is no directory to ask.");
  const verdict = await directory.checkPassword(loginKey(asked.login), asked.password);
  switch (verdict.kind) {
    case "right":
      return await remembered(parts, asked, verdict);
    case "wrong":
    case "nobody":
    case "ambiguous":
      forgetOldSecret(parts, asked);
      return { kind: "wrong" };
    case "locked":
      return { kind: "refused", reason: "account-locked" };
    case "disabled":
    case "password-expired":
      // Whoever hears this has typed the right password, or the directory would not say so.
      forgetTries(db, asked.tried);
      forgetOldSecret(parts, asked);
      return { kind: "refused", reason: verdict.kind };
    case "away":
      return await whileAway(parts, asked, now());
  }
}

/** The directory said yes: the person is taken over, and the password's hash for when it is away. */
async function remembered(
  parts: SignInParts,
  asked: DirectoryTry,
  verdict: Extract<DirectoryVerdict, { kind: "right" }>,
): Promise<PasswordAnswer> {
  const { db, now, secrets, directory } = parts;
  forgetTries(db, asked.tried);
  const taken = takeFromDirectory(parts, verdict.person);
  if (taken.kind === "refused") return taken;
  const { person_id: personId } = taken.row;
  const { directory_secret: before } = secretsOf(db, personId);
  if (directory !== undefined && directory.offlineMs > 0) {
    if (!secrets.knows(asked.password, before)) {
      const hashed = await secrets.hash(asked.password, "urgent");
      changePerson(db, personId, { what: "directory_secret", value: hashed });
    }
    changePerson(db, personId, { what: "directory_secret_at", value: now() });
  }
  return admitted(taken.row, now());
}

/** What the directory no longer takes is not taken either while it is away. */
function forgetOldSecret({ db, secrets }: SignInParts, { row, password }: DirectoryTry): void {
  if (row === undefined) return;
  if (secrets.knows(password, secretsOf(db, row.person_id).directory_secret))
    changePerson(db, row.person_id, { what: "directory_secret", value: null });
}

/** The directory does not answer: who signed in with this password lately goes on. */
async function whileAway(
  parts: SignInParts,
  asked: DirectoryTry,
  now: number,
): Promise<PasswordAnswer> {
  const { db, secrets, directory } = parts;
  const { row, tried, password } = asked;
  const known = row === undefined ? undefined : secretsOf(db, row.person_id);
  const isFresh = now - (known?.directory_secret_at ?? 0) <= (directory?.offlineMs ?? 0);
  if (row === undefined || known?.directory_secret == null || !isFresh) {
    takeBackTry(db, tried);
    return { kind: "refused", reason: "directory-unreachable" };
  }
  const right = await secrets.check(password, known.directory_secret);
  if (right === "busy") {
    takeBackTry(db, tried);
    return { kind: "refused", reason: "busy" };
  }
  // It may have been changed in the directory since: this is not a wrong try for certain, but counts.
  if (!right) return { kind: "wrong" };
  forgetTries(db, tried);
  return admitted(row, now);
}
