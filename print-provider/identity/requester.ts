import type { IdentityWay } from "../../protocol/site.ts";

/** Who asks something of a queue, as far as the queue knows. Keys are what owners are compared by. */
export type Requester =
  | {
      readonly kind: "known";
      readonly owner: string;
      readonly ownerKey: string;
      readonly way: IdentityWay;
    }
  /** Nobody known, but from one address: it may look after what came from there. */
  | { readonly kind: "nobody"; readonly ownerKey: string };

/** The key of nobody known at an address: no person's, since no name holds a control character. */
export function strangerKey(address: string): string {
  return `\u0001${address}`;
}
