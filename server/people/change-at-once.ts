import type { PersonChanges } from "../../protocol/admin.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { changePerson } from "./change-person.ts";
import { findPersonByNumber, type PersonRow } from "./person.ts";

export type ChangedAtOnce =
  | { kind: "changed"; what: (keyof PersonChanges)[] }
  | { kind: "conflict"; sentence: string };

const columns = {
  displayName: "display_name",
  email: "email",
  department: "department",
  office: "office",
  number: "number",
} as const;

/** Makes the changes that are named and that differ, all of them or none. Gives which they were. */
export function changePersonAtOnce(
  db: Database,
  row: PersonRow,
  changes: PersonChanges,
): ChangedAtOnce {
  const { number } = changes;
  const holder = number === undefined ? undefined : findPersonByNumber(db, number);
  if (holder !== undefined && holder.person_id !== row.person_id)
    return { kind: "conflict", sentence: `Another person has the number ${number} already.` };
  const what = differences(row, changes);
  transaction(db, () => {
    for (const name of what) change(db, row.person_id, { changes, name });
  });
  return { kind: "changed", what };
}

/** Which of the named things differ from what is stored. */
export function differences(row: PersonRow, changes: PersonChanges): (keyof PersonChanges)[] {
  const names = Object.keys(changes) as (keyof PersonChanges)[];
  return names.filter((name) => {
    const wanted = changes[name];
    if (wanted === undefined) return false;
    if (name === "restricted" || name === "disabled") return (row[name] === 1) !== wanted;
    return row[columns[name]] !== wanted;
  });
}

function change(
  db: Database,
  personId: string,
  one: { changes: PersonChanges; name: keyof PersonChanges },
): void {
  const { changes, name } = one;
  if (name === "restricted" || name === "disabled") {
    changePerson(db, personId, { what: name, value: changes[name] === true });
    if (name === "disabled" && changes.disabled === false)
      changePerson(db, personId, { what: "disabled_until", value: 0 });
  } else changePerson(db, personId, { what: columns[name], value: changes[name] ?? "" });
}
