/** What the child process that speaks to the smart card service tells its parent, one object a message. */
export type ChildMessage =
  /** The readers that there are now, by the names that the service gives them. */
  | { readonly kind: "readers"; readonly names: readonly string[] }
  | {
      readonly kind: "card";
      readonly reader: string;
      /** Hex. */
      readonly uid: string;
      readonly tagType?: string;
    }
  | { readonly kind: "taken"; readonly reader: string }
  | { readonly kind: "trouble"; readonly trouble: ServiceTrouble; readonly sentence: string }
  /** It works, whatever the service does. */
  | { readonly kind: "alive" };

export type ServiceTrouble = "absent" | "forbidden" | "too-old" | "lost";

export const aliveMs = 2_000;
