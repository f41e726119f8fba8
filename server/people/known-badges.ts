import type { DirectoryLooked } from "../../protocol/card-rules.ts";
import type { Database } from "../../storage/open-database.ts";
import type { Directory } from "../directory/directory.ts";
import { inTurns } from "../in-turns.ts";
import { allBadges } from "./badges.ts";
import { type CardKeys, openCard } from "./card-keys.ts";
import type { KnownBadge } from "./check-rules.ts";
import { findPerson, findPersonByDirectoryId, findPersonByLogin } from "./person.ts";

/** More people of a directory than this are not looked at. */
const PEOPLE_AT_MOST = 200_000;

/** Every badge of everybody: of those who are known here, and of those whom only the directory knows. */
export async function knownBadges(parts: {
  db: Database;
  cards: CardKeys;
  directory: Directory | undefined;
}): Promise<{ badges: KnownBadge[]; here: number; directory: DirectoryLooked }> {
  const { db, cards, directory } = parts;
  const badges: KnownBadge[] = [];
  const known = new Set<string>();
  const rows = allBadges(db);
  for await (const { person_id: personId, sealed } of inTurns(rows)) {
    const number = openCard(cards, { personId, sealed });
    const login = findPerson(db, personId)?.login ?? "(removed)";
    badges.push({ holder: personId, login, number, inDirectory: false });
    known.add(`${personId} ${number}`);
  }
  const told = await directory?.listCards(PEOPLE_AT_MOST);
  if (told === undefined) return { badges, here: rows.length, directory: { kind: "none" } };
  if (told.kind === "away") return { badges, here: rows.length, directory: told };
  let inDirectory = 0;
  for await (const { id, login, cards: numbers } of inTurns(told.people)) {
    // Who was here before is one person, with one badge where both have it.
    const person = findPersonByDirectoryId(db, id) ?? findPersonByLogin(db, login);
    const holder = person?.person_id ?? `directory ${id}`;
    inDirectory += numbers.length;
    for (const number of new Set(numbers))
      if (!known.has(`${holder} ${number}`))
        badges.push({ holder, login, number, inDirectory: true });
  }
  return { badges, here: rows.length, directory: { kind: told.kind, badges: inDirectory } };
}
