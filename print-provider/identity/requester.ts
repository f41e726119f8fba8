import type { IdentityWay } from "../../protocol/site.ts";
import { ownerKey } from "../jobs/owner-name.ts";

/** Who asks something of a queue, as far as the queue knows. Keys are what owners are compared by. */
export type Requester =
  | {
      readonly kind: "known";
      readonly owner: string;
      readonly ownerKey: string;
      readonly way: IdentityWay;
    }
  /** Nobody known, but of one name at one address: it may look after what came so. */
  | { readonly kind: "nobody"; readonly ownerKey: string; readonly address: string };

/**
 * Nobody known, by the address and the name that it gave. The key is no person's, since no name holds a
 * control character.
 */
export function stranger(address: string, said: string | undefined): Requester {
  const name = ownerKey(said ?? "").slice(0, 128);
  return { kind: "nobody", ownerKey: `\u0001${address}\u0001${name}`, address };
}
