import { randomUUID } from "node:crypto";
import type { PersonChanges } from "../../protocol/admin.ts";
import type { ImportRequest, ImportResult, ImportRow } from "../../protocol/admin-import.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { perDatabase } from "../per-database.ts";
import { addPerson } from "./add-person.ts";
import { findBadge, giveBadge } from "./badges.ts";
import { cardFinder, sealCard } from "./card-keys.ts";
import { changePersonAtOnce } from "./change-at-once.ts";
import { changePerson } from "./change-person.ts";
import { loginKey } from "./login-name.ts";
import { findPersonByLogin, type PersonRow, secretsOf } from "./person.ts";
import type { SignInParts } from "./sign-in-parts.ts";

type ImportParts = Pick<SignInParts, "db" | "cards" | "now" | "secrets">;

const statements = perDatabase((db) => ({
  seen: statement<{ run: string; key: string }, { line: number }>(
    db,
    "SELECT line FROM import_seen WHERE run = :run AND login_key = :key",
  ),
  see: statement<{ run: string; key: string; line: number; now: number }>(
    db,
    "INSERT INTO import_seen (run, login_key, line, at) VALUES (:run, :key, :line, :now)",
  ),
  leftAt: statement<{ personId: string }, { left_at: number | null }>(
    db,
    "SELECT left_at FROM person WHERE person_id = :personId",
  ),
}));

/** Ends a row, or a whole dry run, with nothing of it kept. */
class Undo extends Error {}

/**
 * Takes a part of a list over: makes who is new, changes what differs, leaves the rest. A line that
 * cannot be taken is refused alone, with a sentence. A dry run does the same and undoes it.
 */
export async function importPeople(
  parts: ImportParts,
  request: ImportRequest,
): Promise<ImportResult[]> {
  const { db, now } = parts;
  const { run, dryRun } = request;
  const fresh = see(db, request, now());
  const pins = dryRun ? new Map<string, string>() : await newPins(parts, request.rows);
  const results: ImportResult[] = [];
  try {
    transaction(db, () => {
      for (const row of request.rows) {
        const twice = fresh.get(row.line);
        results.push(
          twice === undefined
            ? importRow(parts, { row, pin: pins.get(row.login), run })
            : refused(row, `${row.login} stands in line ${twice} already.`),
        );
      }
      if (dryRun) throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  return results;
}

/** Notes who is in the list; gives, by line, where a log-in name stood before. */
function see(db: Database, { run, rows }: ImportRequest, now: number): Map<number, number> {
  const twice = new Map<number, number>();
  transaction(db, () => {
    for (const { login, line } of rows) {
      const key = loginKey(login);
      const before = statements(db).seen.get({ run, key });
      if (before === undefined) statements(db).see.run({ run, key, line, now });
      // The same part once more, since the answer was lost, is no second mention.
      else if (before.line !== line) twice.set(line, before.line);
    }
  });
  return twice;
}

/** Hashes of the PINs of those who have none yet: 20 ms each, behind whoever signs in. */
async function newPins(
  { db, secrets }: ImportParts,
  rows: readonly ImportRow[],
): Promise<Map<string, string>> {
  const pins = new Map<string, string>();
  await Promise.all(
    rows.map(async ({ login, pin }) => {
      if (pin === undefined) return;
      const known = findPersonByLogin(db, login);
      if (known !== undefined && secretsOf(db, known.person_id).pin !== null) return;
      pins.set(login, await secrets.hash(pin));
    }),
  );
  return pins;
}

function importRow(
  parts: ImportParts,
  given: { row: ImportRow; pin: string | undefined; run: string },
): ImportResult {
  const { db } = parts;
  const { row, pin } = given;
  try {
    return transaction(db, () => {
      const known = findPersonByLogin(db, row.login);
      return known === undefined ? add(parts, row, pin) : bringUpToDate(parts, { known, row, pin });
    });
  } catch (error) {
    if (error instanceof Undo) return refused(row, error.message);
    throw error;
  }
}

function add(parts: ImportParts, row: ImportRow, pinHash: string | undefined): ImportResult {
  const { db, cards, now } = parts;
  const { line, login, badges = [], pin: _pin, credit, ...plain } = row;
  const personId = randomUUID();
  const added = addPerson(
    db,
    {
      ...plain,
      login,
      personId,
      account: randomUUID(),
      source: "import",
      badges: badges.map((cardNumber) => sealCard(cards, { personId, cardNumber })),
      ...(pinHash === undefined ? {} : { pinHash }),
      ...(credit === undefined ? {} : { credit: { id: randomUUID(), amount: credit } }),
    },
    now(),
  );
  if (added.kind === "conflict") throw new Undo(added.sentence);
  return { line, login, result: "added" };
}

function bringUpToDate(
  parts: ImportParts,
  given: { known: PersonRow; row: ImportRow; pin: string | undefined },
): ImportResult {
  const { db } = parts;
  const { known, row, pin } = given;
  const { line, login, language } = row;
  const { person_id: personId } = known;
  const changed = changePersonAtOnce(db, known, plainChanges(parts, known, row));
  if (changed.kind === "conflict") throw new Undo(changed.sentence);
  const what: string[] = changed.what.map((name) =>
    name === "disabled" ? "back again" : WORDS[name],
  );
  if (language !== undefined && language !== known.language) {
    changePerson(db, personId, { what: "language", value: language });
    what.push("language");
  }
  what.push(...giveBadges(parts, { personId, badges: row.badges ?? [] }));
  // In a dry run nothing was hashed, and whoever has no PIN would be given one.
  const wantsPin = row.pin !== undefined && secretsOf(db, personId).pin === null;
  if (pin !== undefined) changePerson(db, personId, { what: "pin", value: pin });
  if (wantsPin) what.push("PIN");
  if (known.source === "local") changePerson(db, personId, { what: "source", value: "import" });
  return what.length === 0
    ? { line, login, result: "unchanged" }
    : { line, login, result: "changed", what };
}

const WORDS: Record<keyof PersonChanges, string> = {
  displayName: "name",
  email: "e-mail",
  department: "department",
  office: "office",
  number: "number",
  restricted: "restricted",
  disabled: "disabled",
};

/** Who left, and is in the list again, is let in again; who was switched off by hand is not. */
function plainChanges({ db }: ImportParts, known: PersonRow, row: ImportRow): PersonChanges {
  const { displayName, email, department, office, number, restricted } = row;
  const { person_id: personId } = known;
  const left = statements(db).leftAt.get({ personId })?.left_at ?? null;
  if (left !== null) changePerson(db, personId, { what: "left_at", value: null });
  return {
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { email }),
    ...(department === undefined ? {} : { department }),
    ...(office === undefined ? {} : { office }),
    ...(number === undefined ? {} : { number }),
    ...(restricted === undefined ? {} : { restricted }),
    ...(left === null ? {} : { disabled: false }),
  };
}

function giveBadges(
  { db, cards, now }: ImportParts,
  given: { personId: string; badges: readonly string[] },
): string[] {
  const { personId } = given;
  return given.badges.flatMap((cardNumber) => {
    if (findBadge(db, cardFinder(cards, cardNumber))?.person_id === personId) return [];
    const card = sealCard(cards, { personId, cardNumber });
    const badge = giveBadge(db, { personId, card }, now());
    if (badge.kind === "conflict") throw new Undo(badge.sentence);
    return ["badge"];
  });
}

function refused({ line, login }: ImportRow, sentence: string): ImportResult {
  return { line, login, result: "refused", sentence };
}
