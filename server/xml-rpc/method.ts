import { findGroup, type Group } from "../groups/group.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { findPersonByLogin, type PersonRow } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import { findSharedAccount, type SharedAccount } from "../shared-accounts/shared-account.ts";
import type { Arguments } from "./arguments.ts";
import { RpcFault, type RpcReply } from "./value.ts";

const LIST_AT_MOST = 10_000;
const MINUTES_AT_MOST = 5_000_000;

/** What methods work on. */
export type MethodContext = Pick<ServerParts, "db" | "cards" | "now" | "bell" | "declared"> & {
  ledger: Ledger;
  /** What is configured and may be read as a configuration value. */
  configured: { allowedAddresses: readonly string[]; token: string; healthKey: string };
};

/** One method: from its arguments after the token to its answer. Throws RpcFault to say why not. */
export type Method = (context: MethodContext, args: Arguments) => RpcReply | Promise<RpcReply>;

/** The person whom an argument names. */
export function personNamed(context: MethodContext, args: Arguments, place = 0): PersonRow {
  const login = args.text(place, "username");
  const row = findPersonByLogin(context.db, login);
  if (row === undefined) throw new RpcFault(`There is no user "${login}".`);
  return row;
}

/** The group that an argument names. */
export function groupNamed(context: MethodContext, args: Arguments, place = 0): Group {
  const name = args.text(place, "groupName");
  const group = findGroup(context.db, name);
  if (group === undefined) throw new RpcFault(`There is no group "${name}".`);
  return group;
}

/** The shared account that an argument names, as `parent\\child`. */
export function sharedNamed(context: MethodContext, args: Arguments, place = 0): SharedAccount {
  const name = args.text(place, "accountName");
  const shared = findSharedAccount(context.db, name);
  if (shared === undefined) throw new RpcFault(`There is no shared account "${name}".`);
  return shared;
}

/** Which part of a list is asked for, by the two arguments from `place` on. */
export function partOf(args: Arguments, place: number): { offset: number; limit: number } {
  const offset = args.int(place, "offset");
  const limit = args.int(place + 1, "limit");
  if (offset < 0 || limit < 0) throw new RpcFault("Offset and limit are not less than 0.");
  return { offset, limit: Math.min(limit, LIST_AT_MOST) };
}

/** Until when something is off, by a number of minutes; null is for good, which scripts write as -1. */
export function offUntil(context: MethodContext, args: Arguments, place: number): number | null {
  const minutes = args.int(place, "disableMins");
  return minutes < 0 ? null : context.now() + Math.min(minutes, MINUTES_AT_MOST) * 60_000;
}

/** Refusals of what lies behind, as faults. */
export function orFault<T extends { kind: string }>(
  done: T | { kind: "conflict"; sentence: string },
): Exclude<T, { kind: "conflict" }> {
  if (done.kind === "conflict" && "sentence" in done) throw new RpcFault(String(done.sentence));
  return done as Exclude<T, { kind: "conflict" }>;
}

/** People have one account here; a name of another one must not be charged to it by mistake. */
export function onlyOwnAccount(args: Arguments, place: number): void {
  const account = args.textOr(place, "");
  if (account !== "") throw new RpcFault(`There is no account "${account}". Leave the name out.`);
}
