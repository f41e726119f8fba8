import type { Ledger } from "../ledger/ledger.ts";
import { findPersonByLogin, type PersonRow } from "../people/person.ts";
import type { ServerParts } from "../server-parts.ts";
import type { Arguments } from "./arguments.ts";
import { RpcFault, type RpcReply } from "./value.ts";

/** What methods work on. */
export type MethodContext = Pick<ServerParts, "db" | "cards" | "now"> & { ledger: Ledger };

/** One method: from its arguments after the token to its answer. Throws RpcFault to say why not. */
export type Method = (context: MethodContext, args: Arguments) => RpcReply | Promise<RpcReply>;

/** The person whom an argument names. */
export function personNamed(context: MethodContext, args: Arguments, place = 0): PersonRow {
  const login = args.text(place, "username");
  const row = findPersonByLogin(context.db, login);
  if (row === undefined) throw new RpcFault(`There is no user "${login}".`);
  return row;
}

/** People have one account here; a name of another one must not be charged to it by mistake. */
export function onlyOwnAccount(args: Arguments, place: number): void {
  const account = args.textOr(place, "");
  if (account !== "") throw new RpcFault(`There is no account "${account}". Leave the name out.`);
}
