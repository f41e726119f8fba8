import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { membersAfter } from "../groups/members.ts";
import { moneyAccountOf } from "../ledger/accounts.ts";
import type { Adjusted } from "../ledger/adjust-balance.ts";
import type { Arguments } from "./arguments.ts";
import { groupNamed, type Method, type MethodContext, onlyOwnAccount } from "./method.ts";
import { RpcFault, rpcDone } from "./value.ts";

const together = 200;

/**
 * Books for one member after another, each under an id that follows from the call's. Where a booking is
 * refused the fault says for how many members it was done before: nothing is taken back in silence.
 */
async function forEachMember(
  context: MethodContext,
  args: Arguments,
  book: (member: { id: string; personId: string }) => Promise<Adjusted>,
): Promise<typeof rpcDone> {
  const { group_id: groupId, name } = groupNamed(context, args);
  const call = randomUUID();
  let done = 0;
  let after = "";
  for (;;) {
    const members = membersAfter(context.db, { groupId, after, most: together });
    const last = members.at(-1);
    if (last === undefined) return rpcDone;
    for (const personId of members) {
      const booked = await book({ id: `${call}:${personId}`, personId });
      if (booked.kind === "conflict")
        throw new RpcFault(`${booked.sentence} ${done} members of "${name}" had theirs before.`);
      if (booked.kind === "done") done += 1;
    }
    after = last;
    await setImmediate();
  }
}

const adjust: Method = (context, args) => {
  onlyOwnAccount(args, 3);
  const amount = args.money(1, "adjustment");
  const comment = args.textOr(2, "");
  return forEachMember(context, args, (member) =>
    context.ledger.adjust({ ...member, amount, comment }),
  );
};

/** Nobody is brought above the limit: who is near it gets the rest, who is above it nothing. */
const adjustUpTo: Method = (context, args) => {
  onlyOwnAccount(args, 4);
  const amount = args.money(1, "adjustment");
  const limit = args.money(2, "limit");
  const comment = args.textOr(3, "");
  if (amount < 0) throw new RpcFault("Up to a limit money can be given only, not taken.");
  return forEachMember(context, args, (member) => {
    const { balance } = moneyAccountOf(context.db, member.personId);
    const room = Math.min(amount, Math.max(0, limit - balance));
    return context.ledger.adjust({ ...member, amount: room, comment });
  });
};

const set: Method = (context, args) => {
  onlyOwnAccount(args, 3);
  const balance = args.money(1, "balance");
  const comment = args.textOr(2, "");
  return forEachMember(context, args, (member) =>
    context.ledger.setBalance({ ...member, balance, comment }),
  );
};

/** Methods that move the money of all members of a group. */
export const groupBalanceMethods: ReadonlyMap<string, Method> = new Map([
  ["api.adjustUserAccountBalanceByGroup", adjust],
  ["api.adjustUserAccountBalanceByGroupUpTo", adjustUpTo],
  ["api.setUserAccountBalanceByGroup", set],
]);
