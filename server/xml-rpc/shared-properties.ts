import { randomUUID } from "node:crypto";
import { decimalOf } from "../../pricing/money.ts";
import { moneyAccountOfShared } from "../ledger/accounts.ts";
import { setOverdraft } from "../ledger/overdraft.ts";
import { groupsWithAccess, peopleWithAccess } from "../shared-accounts/access.ts";
import {
  changeSharedAccount,
  findSharedAccount,
  isSharedDisabled,
  type SharedAccount,
} from "../shared-accounts/shared-account.ts";
import { moneyFrom, truthFrom } from "./arguments.ts";
import { type MethodContext, orFault } from "./method.ts";
import { RpcFault } from "./value.ts";

type Property = {
  read: (context: MethodContext, shared: SharedAccount) => string;
  write?: (context: MethodContext, shared: SharedAccount, value: string) => void | Promise<void>;
};

const properties: ReadonlyMap<string, Property> = new Map<string, Property>([
  [
    "balance",
    {
      read: ({ db }, shared) => decimalOf(moneyAccountOfShared(db, shared.shared_id).balance),
      async write({ ledger }, { shared_id: sharedId }, value) {
        const balance = moneyFrom(value);
        const comment = "set as a property";
        orFault(await ledger.setBalance({ id: randomUUID(), sharedId, balance, comment }));
      },
    },
  ],
  [
    "overdraft-amount",
    {
      read: ({ db }, shared) => decimalOf(moneyAccountOfShared(db, shared.shared_id).own_overdraft),
      write({ db }, shared, value) {
        const overdraft = moneyFrom(value);
        if (overdraft < 0) throw new RpcFault("An overdraft is not less than nothing.");
        const { account } = moneyAccountOfShared(db, shared.shared_id);
        setOverdraft(db, { account, overdraft });
      },
    },
  ],
  [
    "restricted",
    {
      read: (_context, shared) => String(shared.restricted === 1),
      write: ({ db }, shared, value) =>
        changeSharedAccount(db, { ...shared, restricted: truthFrom(value, "restricted") ? 1 : 0 }),
    },
  ],
  [
    "disabled",
    {
      read: ({ now }, shared) => String(isSharedDisabled(shared, now())),
      write: ({ db }, shared, value) =>
        changeSharedAccount(db, {
          ...shared,
          disabled: truthFrom(value, "disabled") ? 1 : 0,
          disabled_until: null,
        }),
    },
  ],
  [
    "notes",
    {
      read: (_context, shared) => shared.notes,
      write: ({ db }, shared, value) => changeSharedAccount(db, { ...shared, notes: value }),
    },
  ],
  ["access-users", { read: ({ db }, { shared_id: id }) => peopleWithAccess(db, id).join(",") }],
  ["access-groups", { read: ({ db }, { shared_id: id }) => groupsWithAccess(db, id).join(",") }],
]);

/** A property of a shared account as a string. */
export function readSharedProperty(
  context: MethodContext,
  shared: SharedAccount,
  name: string,
): string {
  return sharedProperty(name).read(context, shared);
}

/** Sets a property of a shared account from a string. */
export async function writeSharedProperty(
  context: MethodContext,
  shared: SharedAccount,
  property: { name: string; value: string },
): Promise<void> {
  const { write } = sharedProperty(property.name);
  if (write === undefined) throw new RpcFault(`The property "${property.name}" cannot be set.`);
  // Read again: one of several properties may have been set a moment ago.
  await write(context, findSharedAccount(context.db, shared.whole) ?? shared, property.value);
}

/** Throws RpcFault for a property that is not known. */
export function sharedProperty(name: string): Property {
  const property = properties.get(name);
  if (property === undefined)
    throw new RpcFault(
      `The property "${name.slice(0, 64)}" of shared accounts is not known to this server.`,
    );
  return property;
}
