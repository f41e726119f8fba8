import type { Money } from "../../pricing/money.ts";

/** A value of XML-RPC as it came in. Numbers stay as they were written until somebody needs them. */
export type RpcValue =
  | { kind: "string" | "int" | "double" | "boolean" | "other"; text: string }
  | { kind: "array"; items: RpcValue[] }
  | { kind: "struct" };

/** A value that is answered. */
export type RpcReply =
  | { kind: "string"; text: string }
  | { kind: "int"; value: number }
  | { kind: "boolean"; value: boolean }
  | { kind: "double"; money: Money }
  | { kind: "array"; items: RpcReply[] }
  | { kind: "struct"; members: [string, RpcReply][] };

export const rpcString = (text: string): RpcReply => ({ kind: "string", text });
export const rpcBoolean = (value: boolean): RpcReply => ({ kind: "boolean", value });
export const rpcInt = (value: number): RpcReply => ({ kind: "int", value });
export const rpcDouble = (money: Money): RpcReply => ({ kind: "double", money });
export const rpcStrings = (texts: readonly string[]): RpcReply => ({
  kind: "array",
  items: texts.map(rpcString),
});

/** What methods that return nothing answer: scripts test it for 1. */
export const rpcDone: RpcReply = { kind: "boolean", value: true };

/** A call that cannot be done; its sentence becomes the answer's faultString. */
export class RpcFault extends Error {
  override readonly name = "RpcFault";
}
