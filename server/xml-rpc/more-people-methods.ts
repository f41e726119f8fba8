import { Compile } from "typebox/compile";
import { LoginName } from "../../protocol/ids.ts";
import { moneyAccountOf, type OverdraftMode } from "../ledger/accounts.ts";
import { setOverdraftMode } from "../ledger/overdraft.ts";
import { loginByAlias, loginsByFullName } from "../people/more-about.ts";
import { findPersonByLogin } from "../people/person.ts";
import { renamePerson } from "../people/rename-person.ts";
import { resetCounts } from "../printers/print-counts.ts";
import { sharedAccountsFor } from "../shared-accounts/access.ts";
import { spendVoucher } from "../vouchers/voucher.ts";
import { type Method, orFault, partOf, personNamed } from "./method.ts";
import { RpcFault, rpcDone, rpcString, rpcStrings } from "./value.ts";

const isLoginName = Compile(LoginName);

/** The mode of an overdraft as scripts write it. */
export function overdraftModeFrom(text: string): OverdraftMode {
  const mode = text.trim().toLowerCase();
  if (mode === "individual" || mode === "default") return mode;
  throw new RpcFault(`"${text}" is neither individual nor default.`);
}

const setMode: Method = (context, args) => {
  const { account } = moneyAccountOf(context.db, personNamed(context, args).person_id);
  const mode = overdraftModeFrom(args.text(1, "mode"));
  setOverdraftMode(context.db, { account, kind: "person", mode });
  return rpcDone;
};

const useCard: Method = ({ db, cards, now }, args) => {
  const row = findPersonByLogin(db, args.text(0, "username"));
  if (row === undefined) return rpcString("UNKNOWN_USER");
  const { person_id: personId } = row;
  const code = args.text(1, "cardNumber");
  switch (spendVoucher(db, { keys: cards, code, personId }, now())) {
    case "used":
      return rpcString("SUCCESS");
    case "unknown":
      return rpcString("INVALID_CARD_NUMBER");
    case "used-before":
      return rpcString("CARD_IS_USED");
    case "expired":
      return rpcString("CARD_HAS_EXPIRED");
  }
};

/** More about people: other names, what they may pay from, how far below nothing, and vouchers. */
export const morePeopleMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    "api.lookUpUserNameBySecondaryUserName",
    ({ db }, args) => rpcString(loginByAlias(db, args.text(0, "secondaryUserName")) ?? ""),
  ],
  [
    "api.lookUpUsersByFullName",
    ({ db }, args) => rpcStrings(loginsByFullName(db, args.text(0, "fullName"))),
  ],
  [
    "api.listUserSharedAccounts",
    (context, args) => {
      const { person_id: personId } = personNamed(context, args);
      const part = { personId, now: context.now(), ...partOf(args, 1) };
      return rpcStrings(sharedAccountsFor(context.db, part).map(({ whole }) => whole));
    },
  ],
  [
    "api.getUserOverdraftMode",
    (context, args) =>
      rpcString(moneyAccountOf(context.db, personNamed(context, args).person_id).overdraft_mode),
  ],
  ["api.setUserOverdraftMode", setMode],
  [
    "api.resetUserCounts",
    (context, args) => {
      const { person_id: personId } = personNamed(context, args);
      resetCounts(context.db, { of: { personId }, by: args.textOr(1, "") }, context.now());
      return rpcDone;
    },
  ],
  [
    "api.renameUserAccount",
    (context, args) => {
      const { person_id: personId } = personNamed(context, args, 0);
      const login = args.text(1, "newUserName");
      if (!isLoginName.Check(login)) throw new RpcFault(`"${login}" is not a name to log in by.`);
      orFault(renamePerson(context.db, { personId, login }));
      return rpcDone;
    },
  ],
  ["api.useCard", useCard],
]);
