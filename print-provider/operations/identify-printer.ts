import { attribute, keywords } from "../../ipp/build.ts";
import { stringsOf } from "../../ipp/read.ts";
import type { ProviderContext } from "../provider-context.ts";
import type { Answer, Call } from "./call.ts";

/**
 * Identify-Printer (PWG 5100.13 §4.1). A queue has no lamp to flash and no speaker: it says so, and
 * puts a line into the log.
 */
export function identifyPrinter(context: ProviderContext, call: Call): Answer {
  const actions = stringsOf(call.operation, "identify-actions");
  const impossible = actions.filter((action) => action !== "display").slice(0, 20);
  const { name: queue } = call.queue;
  context.log.info({ event: "identify", queue }, "a client asked which queue this is");
  return impossible.length === 0
    ? { status: "successful-ok" }
    : {
        status: "successful-ok-ignored-or-substituted-attributes",
        unsupported: [attribute("identify-actions", ...keywords(...impossible))],
      };
}
