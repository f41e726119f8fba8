import { randomUUID } from "node:crypto";
import { transaction } from "../../storage/transaction.ts";
import type { DirectoryPerson } from "../directory/directory.ts";
import { addPerson } from "./add-person.ts";
import { changePerson } from "./change-person.ts";
import { loginKey } from "./login-name.ts";
import {
  findPerson,
  findPersonByDirectoryId,
  findPersonByLogin,
  findPersonByNumber,
  type PersonRow,
} from "./person.ts";
import { renamePerson } from "./rename-person.ts";
import type { SignInParts } from "./sign-in-parts.ts";

export type Taken =
  | { kind: "taken"; row: PersonRow }
  | { kind: "refused"; reason: "disabled" | "not-allowed" };

/**
 * Takes over what a directory tells of a person: makes one who is not known yet, brings name, address
 * and number of a known one up to date, and follows a log-in name that changed. A person of the same
 * log-in name who was made by hand or imported becomes the directory's. Who may not print is not made.
 */
export function takeFromDirectory(
  parts: Pick<SignInParts, "db" | "now" | "log">,
  told: DirectoryPerson,
): Taken {
  const { db, now } = parts;
  const refusal = told.disabled ? "disabled" : told.allowed ? undefined : "not-allowed";
  const row = transaction(db, (): PersonRow | undefined => {
    const known = findPersonByDirectoryId(db, told.id) ?? findPersonByLogin(db, told.login);
    if (known === undefined && refusal !== undefined) return undefined;
    const personId = known?.person_id ?? make(parts, told);
    if (known !== undefined) bringUpToDate(parts, known, told);
    changePerson(db, personId, { what: "directory_at", value: now() });
    return findPerson(db, personId);
  });
  if (refusal !== undefined) return { kind: "refused", reason: refusal };
  if (row === undefined) throw new Error("A person of the directory who was made is not there.");
  return { kind: "taken", row };
}

function make({ db, now, log }: Pick<SignInParts, "db" | "now" | "log">, told: DirectoryPerson) {
  const personId = randomUUID();
  const number = findPersonByNumber(db, told.number) === undefined ? told.number : "";
  const added = addPerson(
    db,
    {
      personId,
      account: randomUUID(),
      login: told.login,
      displayName: told.displayName === "" ? told.login : told.displayName,
      email: told.email,
      number,
      source: "directory",
      directoryId: told.id,
    },
    now(),
  );
  if (added.kind === "conflict") throw new Error(added.sentence);
  log.info({ event: "person-from-directory", personId });
  return personId;
}

function bringUpToDate(
  { db, log }: Pick<SignInParts, "db" | "log">,
  known: PersonRow,
  told: DirectoryPerson,
): void {
  const { person_id: personId } = known;
  const change = (what: "display_name" | "email" | "number" | "source", value: string) => {
    if (value !== "" && known[what] !== value) changePerson(db, personId, { what, value });
  };
  change("display_name", told.displayName);
  change("email", told.email);
  const holder = findPersonByNumber(db, told.number);
  if (holder === undefined) change("number", told.number);
  if (known.directory_id !== told.id) {
    changePerson(db, personId, { what: "directory_id", value: told.id });
    change("source", "directory");
  }
  if (loginKey(known.login) === loginKey(told.login)) return;
  const renamed = renamePerson(db, { personId, login: told.login });
  if (renamed.kind === "conflict")
    log.warn({ event: "directory-rename-refused", personId }, renamed.sentence);
}
