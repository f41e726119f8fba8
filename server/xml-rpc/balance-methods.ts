import { randomUUID } from "node:crypto";
import type { Money } from "../../pricing/money.ts";
import { moneyAccountOf } from "../ledger/accounts.ts";
import type { Adjusted } from "../ledger/adjust-balance.ts";
import { badgeHolder } from "../people/badges.ts";
import { cardFinder } from "../people/card-keys.ts";
import { type Method, type MethodContext, onlyOwnAccount, personNamed } from "./method.ts";
import { RpcFault, type RpcReply, rpcBoolean, rpcDone, rpcDouble } from "./value.ts";

/** Each call books once more: these methods carry no id by which a repetition could be told. */
async function book(
  context: MethodContext,
  booking: { personId: string; amount: Money; comment: string; leaveAtLeast?: Money },
): Promise<boolean> {
  return isDone(await context.ledger.adjust({ id: randomUUID(), ...booking }));
}

function isDone(adjusted: Adjusted): boolean {
  if (adjusted.kind === "conflict") throw new RpcFault(adjusted.sentence);
  return adjusted.kind === "done";
}

const adjust: Method = async (context, args) => {
  onlyOwnAccount(args, 3);
  const { person_id: personId } = personNamed(context, args);
  const amount = args.money(1, "adjustment");
  await book(context, { personId, amount, comment: args.textOr(2, "") });
  return rpcDone;
};

const adjustByCard: Method = async (context, args): Promise<RpcReply> => {
  onlyOwnAccount(args, 3);
  const finder = cardFinder(context.cards, args.text(0, "cardNumber"));
  const personId = badgeHolder(context.db, finder);
  if (personId === undefined) return rpcBoolean(false);
  const amount = args.money(1, "adjustment");
  return rpcBoolean(await book(context, { personId, amount, comment: args.textOr(2, "") }));
};

/** Taking needs enough to be there; giving always succeeds. */
const adjustIfAvailable: Method = async (context, args) => {
  onlyOwnAccount(args, 3);
  const { person_id: personId } = personNamed(context, args);
  const amount = args.money(1, "adjustment");
  const comment = args.textOr(2, "");
  const bound = amount < 0 ? { leaveAtLeast: 0 } : {};
  return rpcBoolean(await book(context, { personId, amount, comment, ...bound }));
};

const adjustLeaving: Method = async (context, args) => {
  onlyOwnAccount(args, 4);
  const { person_id: personId } = personNamed(context, args);
  const amount = args.money(1, "adjustment");
  const leaveAtLeast = args.money(2, "leaveRemaining");
  const comment = args.textOr(3, "");
  const bound = amount < 0 ? { leaveAtLeast } : {};
  return rpcBoolean(await book(context, { personId, amount, comment, ...bound }));
};

const set: Method = async (context, args) => {
  onlyOwnAccount(args, 3);
  const { person_id: personId } = personNamed(context, args);
  const balance = args.money(1, "balance");
  const comment = args.textOr(2, "");
  isDone(await context.ledger.setBalance({ id: randomUUID(), personId, balance, comment }));
  return rpcDone;
};

const balanceOf: Method = (context, args) => {
  onlyOwnAccount(args, 1);
  return rpcDouble(moneyAccountOf(context.db, personNamed(context, args).person_id).balance);
};

/** Methods that read and move money. */
export const balanceMethods: ReadonlyMap<string, Method> = new Map([
  ["api.getUserAccountBalance", balanceOf],
  ["api.setUserAccountBalance", set],
  ["api.adjustUserAccountBalance", adjust],
  ["api.adjustUserAccountBalanceByCardNumber", adjustByCard],
  ["api.adjustUserAccountBalanceIfAvailable", adjustIfAvailable],
  ["api.adjustUserAccountBalanceIfAvailableLeaveRemaining", adjustLeaving],
]);
