import { randomUUID } from "node:crypto";
import type { PersonInput } from "../../protocol/admin.ts";
import type { Database } from "../../storage/open-database.ts";
import { hashSecret } from "../../storage/secret-hash.ts";
import { transaction } from "../../storage/transaction.ts";
import { addPerson, type NewPerson } from "./add-person.ts";
import { type CardKeys, sealCard } from "./card-keys.ts";
import { findPerson, hasNobodyYet, type PersonRow } from "./person.ts";

export type PersonMade = { kind: "made"; row: PersonRow } | { kind: "conflict"; sentence: string };

/** Makes a person from what an administrator typed: ids, the hash of the PIN and sealed cards included. */
export async function makePerson(
  db: Database,
  made: { input: PersonInput; keys: CardKeys; password?: string },
  now: number,
): Promise<PersonMade> {
  const person = await prepared(made);
  const added = addPerson(db, person, now);
  if (added.kind === "conflict") return added;
  const row = findPerson(db, person.personId);
  if (row === undefined) throw new Error("A person who was just made is not there.");
  return { kind: "made", row };
}

/**
 * Makes the people to try a fresh site with, all at once and only while nobody was ever there. Gives how
 * many were made. Throws a sentence when two of them contradict each other.
 */
export async function makeFirstPeople(
  db: Database,
  first: { people: readonly PersonInput[]; keys: CardKeys },
  now: number,
): Promise<number> {
  if (!hasNobodyYet(db) || first.people.length === 0) return 0;
  const people = await Promise.all(
    first.people.map((input) => prepared({ input, keys: first.keys })),
  );
  transaction(db, () => {
    for (const person of people) {
      const added = addPerson(db, person, now);
      if (added.kind === "conflict") throw new Error(added.sentence);
    }
  });
  return people.length;
}

async function prepared(made: {
  input: PersonInput;
  keys: CardKeys;
  password?: string;
}): Promise<NewPerson> {
  const { input, keys, password } = made;
  const { pin, badges = [], credit, ...plain } = input;
  const personId = randomUUID();
  return {
    ...plain,
    personId,
    account: randomUUID(),
    badges: badges.map((cardNumber) => sealCard(keys, { personId, cardNumber })),
    ...(credit === undefined ? {} : { credit: { id: randomUUID(), amount: credit } }),
    ...(pin === undefined ? {} : { pinHash: await hashSecret(pin) }),
    ...(password === undefined ? {} : { passwordHash: await hashSecret(password) }),
  };
}
