import { randomUUID } from "node:crypto";
import {
  addGroup,
  findGroup,
  groupsOf,
  listGroups,
  removeGroup,
  setQuota,
} from "../groups/group.ts";
import { addMember, listMembers, removeMember } from "../groups/members.ts";
import type { QuotaPeriod } from "../groups/quota-period.ts";
import { groupNamed, type Method, orFault, partOf, personNamed } from "./method.ts";
import { RpcFault, rpcBoolean, rpcDone, rpcDouble, rpcString, rpcStrings } from "./value.ts";

const membership =
  (change: typeof addMember): Method =>
  (context, args) => {
    const { person_id: personId } = personNamed(context, args);
    const { group_id: groupId } = groupNamed(context, args, 1);
    change(context.db, { groupId, personId });
    return rpcDone;
  };

const setGroupQuota: Method = (context, args) => {
  const group = groupNamed(context, args);
  const amount = args.money(1, "quotaAmount");
  const period = periodFrom(args.text(2, "period"));
  const most = args.money(3, "quotaMaxAccumulation");
  if (amount < 0 || most < 0) throw new RpcFault("A quota and its limit are not less than 0.");
  setQuota(context.db, { group, amount, most, period, now: context.now() });
  return rpcDone;
};

function periodFrom(text: string): QuotaPeriod | "NONE" {
  const period = text.trim().toUpperCase();
  switch (period) {
    case "NONE":
    case "DAILY":
    case "WEEKLY":
    case "MONTHLY":
      return period;
    default:
      throw new RpcFault(`"${text}" is none of NONE, DAILY, WEEKLY and MONTHLY.`);
  }
}

const getGroupQuota: Method = (context, args) => {
  const { amount, period, most } = groupNamed(context, args);
  return {
    kind: "struct",
    members: [
      ["QuotaAmount", rpcDouble(amount)],
      ["QuotaPeriod", rpcString(period)],
      ["QuotaMaxAccumulation", rpcDouble(most)],
    ],
  };
};

/** Methods about groups of people, and what their members are allotted. */
export const groupMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    "api.addNewGroup",
    ({ db }, args) => {
      orFault(addGroup(db, { groupId: randomUUID(), name: args.text(0, "groupName") }));
      return rpcDone;
    },
  ],
  [
    "api.removeGroup",
    (context, args) => {
      orFault(removeGroup(context.db, groupNamed(context, args)));
      return rpcDone;
    },
  ],
  [
    "api.isGroupExists",
    ({ db }, args) => rpcBoolean(findGroup(db, args.text(0, "groupName")) !== undefined),
  ],
  ["api.listUserGroups", ({ db }, args) => rpcStrings(listGroups(db, partOf(args, 0)))],
  [
    "api.getUserGroups",
    (context, args) => rpcStrings(groupsOf(context.db, personNamed(context, args).person_id)),
  ],
  [
    "api.getGroupMembers",
    (context, args) => {
      const { group_id: groupId } = groupNamed(context, args);
      return rpcStrings(listMembers(context.db, { groupId, ...partOf(args, 1) }));
    },
  ],
  ["api.addUserToGroup", membership(addMember)],
  ["api.removeUserFromGroup", membership(removeMember)],
  ["api.setGroupQuota", setGroupQuota],
  ["api.getGroupQuota", getGroupQuota],
]);
