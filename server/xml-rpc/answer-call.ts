import { isToken } from "../../storage/token-file.ts";
import { findPersonByLogin } from "../people/person.ts";
import { argumentsOf } from "./arguments.ts";
import { balanceMethods } from "./balance-methods.ts";
import { groupBalanceMethods } from "./group-balance-methods.ts";
import { groupMethods } from "./group-methods.ts";
import type { Method, MethodContext } from "./method.ts";
import { morePeopleMethods } from "./more-people-methods.ts";
import { peopleMethods } from "./people-methods.ts";
import { printerMethods } from "./printer-methods.ts";
import { refusedMethods } from "./refused-methods.ts";
import { sharedAccountMethods } from "./shared-account-methods.ts";
import { systemMethods, TASK_STATUS } from "./system-methods.ts";
import { RpcFault } from "./value.ts";
import { writeAnswer, writeFault } from "./write-answer.ts";

const methods: ReadonlyMap<string, Method> = new Map([
  ...peopleMethods,
  ...morePeopleMethods,
  ...balanceMethods,
  ...groupMethods,
  ...groupBalanceMethods,
  ...sharedAccountMethods,
  ...printerMethods,
  ...systemMethods,
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
  // Loaded with the first call: most sites have no script that ever calls.
  const { readCall } = await import("./read-call.ts");
  const call = readCall(text);
  if (call === undefined) return fault("unreadable", "The request is not a call of XML-RPC.");
  const [token, ...params] = call.params;
  const refused = refusedMethods.get(call.method);
  const name = methods.has(call.method) || refused !== undefined ? call.method : "unknown";
  const hasToken = token?.kind === "string" && isToken(options.token, token.text);
  const isOpen = call.method === TASK_STATUS && token === undefined;
  if (!hasToken && !isOpen)
    return fault(name, "The token, which is the first parameter, is not the right one.");
  const method = methods.get(call.method);
  if (method === undefined)
    return fault(
      name,
      refused === undefined
        ? `The method ${call.method} is not known to this server.`
        : `The method ${call.method} is not offered by this server. ${refused}`,
    );
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
