import { randomUUID } from "node:crypto";
import { moneyAccountOfShared } from "../ledger/accounts.ts";
import { setOverdraftMode } from "../ledger/overdraft.ts";
import { giveAccess, takeAccess } from "../shared-accounts/access.ts";
import {
  addSharedAccount,
  changeSharedAccount,
  findSharedAccount,
  listSharedAccounts,
  removeSharedAccount,
  renameSharedAccount,
} from "../shared-accounts/shared-account.ts";
import {
  groupNamed,
  type Method,
  offUntil,
  orFault,
  partOf,
  personNamed,
  sharedNamed,
} from "./method.ts";
import { overdraftModeFrom } from "./more-people-methods.ts";
import { readSharedProperty, sharedProperty, writeSharedProperty } from "./shared-properties.ts";
import { rpcBoolean, rpcDone, rpcDouble, rpcString, rpcStrings } from "./value.ts";

const adjust: Method = async (context, args) => {
  const { shared_id: sharedId } = sharedNamed(context, args);
  const amount = args.money(1, "adjustment");
  const comment = args.textOr(2, "");
  orFault(await context.ledger.adjust({ id: randomUUID(), sharedId, amount, comment }));
  return rpcDone;
};

const set: Method = async (context, args) => {
  const { shared_id: sharedId } = sharedNamed(context, args);
  const balance = args.money(1, "balance");
  const comment = args.textOr(2, "");
  orFault(await context.ledger.setBalance({ id: randomUUID(), sharedId, balance, comment }));
  return rpcDone;
};

const disable: Method = (context, args) => {
  const shared = sharedNamed(context, args);
  const until = offUntil(context, args, 1);
  changeSharedAccount(
    context.db,
    until === null ? { ...shared, disabled: 1 } : { ...shared, disabled_until: until },
  );
  return rpcDone;
};

const personAccess =
  (change: typeof giveAccess): Method =>
  (context, args) => {
    const { shared_id: sharedId } = sharedNamed(context, args);
    const { person_id: personId } = personNamed(context, args, 1);
    change(context.db, { sharedId, personId });
    return rpcDone;
  };

const groupAccess =
  (change: typeof giveAccess): Method =>
  (context, args) => {
    const { shared_id: sharedId } = sharedNamed(context, args);
    const { group_id: groupId } = groupNamed(context, args, 1);
    change(context.db, { sharedId, groupId });
    return rpcDone;
  };

const setProperties: Method = async (context, args) => {
  const shared = sharedNamed(context, args);
  const pairs = args.pairs(1, "properties");
  for (const [name] of pairs) sharedProperty(name);
  for (const [name, value] of pairs) await writeSharedProperty(context, shared, { name, value });
  return rpcDone;
};

/** Methods about accounts that several people pay from. */
export const sharedAccountMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    "api.isSharedAccountExists",
    ({ db }, args) => rpcBoolean(findSharedAccount(db, args.text(0, "accountName")) !== undefined),
  ],
  ["api.listSharedAccounts", ({ db }, args) => rpcStrings(listSharedAccounts(db, partOf(args, 0)))],
  [
    "api.addNewSharedAccount",
    ({ db }, args) => {
      const name = args.text(0, "accountName");
      const [sharedId, account] = [randomUUID(), randomUUID()];
      orFault(addSharedAccount(db, { name, sharedId, account }));
      return rpcDone;
    },
  ],
  [
    "api.renameSharedAccount",
    (context, args) => {
      const shared = sharedNamed(context, args);
      orFault(renameSharedAccount(context.db, { shared, name: args.text(1, "newAccountName") }));
      return rpcDone;
    },
  ],
  [
    "api.deleteExistingSharedAccount",
    (context, args) => {
      orFault(removeSharedAccount(context.db, sharedNamed(context, args)));
      return rpcDone;
    },
  ],
  ["api.disableSharedAccount", disable],
  [
    "api.getSharedAccountAccountBalance",
    (context, args) =>
      rpcDouble(moneyAccountOfShared(context.db, sharedNamed(context, args).shared_id).balance),
  ],
  ["api.adjustSharedAccountAccountBalance", adjust],
  ["api.setSharedAccountAccountBalance", set],
  [
    "api.getSharedAccountOverdraftMode",
    (context, args) =>
      rpcString(
        moneyAccountOfShared(context.db, sharedNamed(context, args).shared_id).overdraft_mode,
      ),
  ],
  [
    "api.setSharedAccountOverdraftMode",
    (context, args) => {
      const { account } = moneyAccountOfShared(context.db, sharedNamed(context, args).shared_id);
      const mode = overdraftModeFrom(args.text(1, "mode"));
      setOverdraftMode(context.db, { account, kind: "shared", mode });
      return rpcDone;
    },
  ],
  [
    "api.getSharedAccountProperty",
    (context, args) =>
      rpcString(readSharedProperty(context, sharedNamed(context, args), args.text(1, "property"))),
  ],
  [
    "api.getSharedAccountProperties",
    (context, args) => {
      const shared = sharedNamed(context, args);
      const names = args.texts(1, "properties");
      return rpcStrings(names.map((name) => readSharedProperty(context, shared, name)));
    },
  ],
  [
    "api.setSharedAccountProperty",
    async (context, args) => {
      const property = { name: args.text(1, "property"), value: args.text(2, "value") };
      await writeSharedProperty(context, sharedNamed(context, args), property);
      return rpcDone;
    },
  ],
  ["api.setSharedAccountProperties", setProperties],
  ["api.addSharedAccountAccessUser", personAccess(giveAccess)],
  ["api.removeSharedAccountAccessUser", personAccess(takeAccess)],
  ["api.addSharedAccountAccessGroup", groupAccess(giveAccess)],
  ["api.removeSharedAccountAccessGroup", groupAccess(takeAccess)],
]);
