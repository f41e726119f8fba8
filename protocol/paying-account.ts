import { type Static, Type } from "typebox";
import { Money, Text, Uuid } from "./ids.ts";

/** An account that a person may pay from, with what is left on it. */
export const PayingAccount = Type.Object(
  {
    account: Uuid,
    unit: Type.Union([Type.Literal("money"), Type.Literal("pages")]),
    /** What can still be reserved: the balance less what is reserved, plus the allowed overdraft. */
    available: Money,
    balance: Money,
  },
  { additionalProperties: false },
);
export type PayingAccount = Static<typeof PayingAccount>;

/** An account of money that several people pay from. */
export const SharedPayer = Type.Object(
  { account: Uuid, name: Text, available: Money, restricted: Type.Boolean() },
  { additionalProperties: false },
);
export type SharedPayer = Static<typeof SharedPayer>;
