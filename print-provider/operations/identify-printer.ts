import { stringsOf } from "../../ipp/read.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Answer, type Call, refused } from "./call.ts";

/** Identify-Printer (PWG 5100.13 §4.1). A queue has no lamp to flash: it says so in the log. */
export function identifyPrinter(context: ProviderContext, call: Call): Answer {
  const actions = stringsOf(call.operation, "identify-actions");
  if (actions.some((action) => action !== "display"))
    return refused(
      "client-error-attributes-or-values-not-supported",
      "A queue cannot flash or sound; its printers can.",
    );
  context.log.info(
    { event: "identify", queue: call.queue.name },
    "a client asked which queue this is",
  );
  return { status: "successful-ok" };
}
