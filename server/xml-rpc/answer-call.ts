import { findPersonByLogin } from "../people/person.ts";
import { isToken } from "../token-file.ts";
import { argumentsOf } from "./arguments.ts";
import { balanceMethods } from "./balance-methods.ts";
import type { Method, MethodContext } from "./method.ts";
import { peopleMethods } from "./people-methods.ts";
import { readCall } from "./read-call.ts";
import { RpcFault, rpcBoolean, rpcString } from "./value.ts";
import { writeAnswer, writeFault } from "./write-answer.ts";

/** Nothing here takes long enough to be asked about later. */
const taskStatus: Method = () => ({
  kind: "struct",
  members: [
    ["completed", rpcBoolean(true)],
    ["message", rpcString("No task is running.")],
  ],
});
const TASK_STATUS = "api.getTaskStatus";

const methods: ReadonlyMap<string, Method> = new Map([
  ...peopleMethods,
  ...balanceMethods,
  [TASK_STATUS, taskStatus],
]);

export type AnsweredCall = {
  /** The method that was called, or none if the call could not be read; safe to be logged. */
  method: string;
  outcome: "done" | "fault";
  xml: string;
  /** The person whom the first argument names, if any: for the audit. None without the token. */
  about?: string;
  hadToken?: true;
};

/**
 * Answers one call of the web services. The token comes first among the parameters; of all methods only
 * getTaskStatus is also called without it. Whatever cannot be done is a fault in a sentence; only our
 * own bugs are thrown.
 */
export async function answerCall(
  text: string,
  options: { token: string; context: MethodContext },
): Promise<AnsweredCall> {
  const call = readCall(text);
  if (call === undefined) return fault("unreadable", "The request is not a call of XML-RPC.");
  const [token, ...params] = call.params;
  const name = methods.has(call.method) ? call.method : "unknown";
  const hasToken = token?.kind === "string" && isToken(options.token, token.text);
  const isOpen = call.method === TASK_STATUS && token === undefined;
  if (!hasToken && !isOpen)
    return fault(name, "The token, which is the first parameter, is not the right one.");
  const method = methods.get(call.method);
  if (method === undefined)
    return fault(name, `The method ${call.method} is not known to this server.`);
  // Before the method runs: it may remove the person.
  const [first] = params;
  const about =
    first?.kind === "string"
      ? findPersonByLogin(options.context.db, first.text)?.person_id
      : undefined;
  const known = { hadToken: true, ...(about === undefined ? {} : { about }) } as const;
  try {
    const reply = await method(options.context, argumentsOf(params));
    return { method: name, outcome: "done", xml: writeAnswer(reply), ...known };
  } catch (error) {
    if (error instanceof RpcFault) return { ...fault(name, error.message), ...known };
    throw error;
  }
}

function fault(method: string, sentence: string): AnsweredCall {
  return { method, outcome: "fault", xml: writeFault(sentence) };
}
