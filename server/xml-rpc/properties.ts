import { randomUUID } from "node:crypto";
import { decimalOf } from "../../pricing/money.ts";
import { hashSecret } from "../../storage/secret-hash.ts";
import { moneyAccountOf } from "../ledger/accounts.ts";
import { setOverdraft } from "../ledger/overdraft.ts";
import { badgesOf, giveBadge, takeBadges } from "../people/badges.ts";
import { openCard, sealCard } from "../people/card-keys.ts";
import { changePerson } from "../people/change-person.ts";
import { isDisabled, type PersonRow } from "../people/person.ts";
import { moneyFrom, truthFrom } from "./arguments.ts";
import type { MethodContext } from "./method.ts";
import { moreProperties } from "./more-properties.ts";
import { RpcFault } from "./value.ts";

export type Property = {
  read: (context: MethodContext, row: PersonRow) => string;
  write?: (context: MethodContext, row: PersonRow, value: string) => void | Promise<void>;
};

const text = (column: "display_name" | "email" | "department" | "office" | "notes"): Property => ({
  read: (_context, row) => row[column],
  write: ({ db }, row, value) => changePerson(db, row.person_id, { what: column, value }),
});

const card = (slot: number): Property => ({
  read({ db, cards }, { person_id: personId }) {
    const badge = badgesOf(db, personId).find((one) => one.slot === slot);
    return badge === undefined ? "" : openCard(cards, { personId, sealed: badge.sealed });
  },
  write({ db, cards, now }, { person_id: personId }, value) {
    const cardNumber = value.trim();
    if (cardNumber === "") return takeBadges(db, { personId, slot }, now());
    if (cardNumber.length > 128) throw new RpcFault("A card number has 128 characters at most.");
    const sealed = sealCard(cards, { personId, cardNumber });
    const given = giveBadge(db, { personId, card: sealed, slot }, now());
    if (given.kind === "conflict") throw new RpcFault(given.sentence);
  },
});

const pin: Property = {
  read: () => {
    throw new RpcFault("A PIN is kept as a hash only and cannot be read back.");
  },
  async write({ db }, row, value) {
    if (value !== "" && !/^\d{4,16}$/.test(value)) throw new RpcFault("A PIN is 4 to 16 digits.");
    const hash = value === "" ? null : await hashSecret(value);
    changePerson(db, row.person_id, { what: "pin", value: hash });
  },
};

const disabled: Property = {
  read: ({ now }, row) => String(isDisabled(row, now())),
  write({ db }, row, value) {
    const truth = truthFrom(value, "disabled-print");
    changePerson(db, row.person_id, { what: "disabled", value: truth });
    if (!truth) changePerson(db, row.person_id, { what: "disabled_until", value: 0 });
  },
};

const properties: ReadonlyMap<string, Property> = new Map<string, Property>([
  ["full-name", text("display_name")],
  ["email", text("email")],
  ["department", text("department")],
  ["office", text("office")],
  ["notes", text("notes")],
  ["primary-card-number", card(1)],
  ["card-number", card(1)],
  ["secondary-card-number", card(2)],
  ["card-number2", card(2)],
  ["card-pin", pin],
  ["disabled-print", disabled],
  [
    "restricted",
    {
      read: (_context, row) => String(row.restricted === 1),
      write: ({ db }, row, value) =>
        changePerson(db, row.person_id, {
          what: "restricted",
          value: truthFrom(value, "restricted"),
        }),
    },
  ],
  [
    "balance",
    {
      read: ({ db }, row) => decimalOf(moneyAccountOf(db, row.person_id).balance),
      async write({ ledger }, row, value) {
        const adjusted = await ledger.setBalance({
          id: randomUUID(),
          personId: row.person_id,
          balance: moneyFrom(value),
          comment: "set as a property",
        });
        if (adjusted.kind === "conflict") throw new RpcFault(adjusted.sentence);
      },
    },
  ],
  [
    "overdraft-amount",
    {
      read: ({ db }, row) => decimalOf(moneyAccountOf(db, row.person_id).own_overdraft),
      write({ db }, row, value) {
        const overdraft = moneyFrom(value);
        if (overdraft < 0) throw new RpcFault("An overdraft is not less than nothing.");
        const { account } = moneyAccountOf(db, row.person_id);
        setOverdraft(db, { account, overdraft });
      },
    },
  ],
  ["internal", { read: (_context, row) => String(row.source !== "directory") }],
]);

/** A property of a person as a string. */
export function readProperty(context: MethodContext, row: PersonRow, name: string): string {
  return propertyNamed(name).read(context, row);
}

/** Sets a property of a person from a string. */
export async function writeProperty(
  context: MethodContext,
  row: PersonRow,
  property: { name: string; value: string },
): Promise<void> {
  const { write } = propertyNamed(property.name);
  if (write === undefined) throw new RpcFault(`The property "${property.name}" cannot be set.`);
  await write(context, row, property.value);
}

/** Throws RpcFault for a property that is not known, so that nothing is set before it is noticed. */
export function propertyNamed(name: string): Property {
  const property = properties.get(name) ?? moreProperties.get(name);
  if (property === undefined)
    throw new RpcFault(`The property "${name.slice(0, 64)}" is not known to this server.`);
  return property;
}
