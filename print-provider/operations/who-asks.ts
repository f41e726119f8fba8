import { operation } from "../../ipp/operations.ts";
import { stringOf } from "../../ipp/read.ts";
import type { Queue } from "../../protocol/site.ts";
import { waysOf } from "../identity/decide-identity.ts";
import type { Asked, Identified } from "../identity/identify.ts";
import { type Requester, stranger } from "../identity/requester.ts";
import { takesUnclaimed } from "../unclaimed/takes-unclaimed.ts";
import { type Answer, type HttpAnswer, refused } from "./call.ts";

/** Tells who asks something of a queue, and whether a secret address of it is anybody's. */
export interface WhoAsks {
  readonly identify: (asked: Asked) => Identified | Promise<Identified>;
  readonly isAddress: (queue: Queue, token: string) => boolean;
}

export type Asker =
  | { readonly kind: "requester"; readonly requester: Requester }
  | { readonly kind: "answer"; readonly answer: Answer | HttpAnswer };

/**
 * Who asks, or what is answered instead. What a queue is and can do everybody may ask, so that it can be
 * added before a password was ever typed; clients ask it all the time, too.
 */
export function whoAsks(
  parts: WhoAsks,
  { code, asked }: { code: number; asked: Asked },
): Asker | Promise<Asker> {
  const { sender, queue, token } = asked;
  if (code === operation.getPrinterAttributes)
    return token === undefined || parts.isAddress(queue, token)
      ? {
          kind: "requester",
          requester: stranger(sender.address, stringOf(asked.operation, "requesting-user-name")),
        }
      : answered(refused("client-error-not-found", "There is no printer at this address."));
  const identified = parts.identify(asked);
  return identified instanceof Promise
    ? identified.then((it) => askerOf(queue, it))
    : askerOf(queue, identified);
}

function askerOf(queue: Queue, identified: Identified): Asker {
  switch (identified.kind) {
    case "requester":
      return identified.requester.kind === "known" || takesUnclaimed(queue)
        ? identified
        : answered(refused("client-error-not-authorized", howToBeKnown(queue)));
    case "refused":
      return answered(refused(identified.status, identified.sentence));
    case "challenge":
    case "upgrade":
      return answered({ http: identified.kind });
  }
}

/** Why nobody known may print here, and what helps. */
function howToBeKnown(queue: Queue): string {
  const ways = waysOf(queue);
  if (ways.includes("address"))
    return "This queue does not know whose job this is. Print to your own address of it; your help desk makes one.";
  if (ways.includes("basic"))
    return "This queue does not know whose job this is. Set the printer's address to begin with ipps://, and sign in.";
  return "This queue does not take jobs from your computer: it cannot tell whose they are. Ask your administrator.";
}

function answered(answer: Answer | HttpAnswer): Asker {
  return { kind: "answer", answer };
}
