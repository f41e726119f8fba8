import { type Static, Type } from "typebox";
import { Moment } from "./ids.ts";

const closed = { additionalProperties: false } as const;

/** POST /api/admin/vouchers: so many, each worth an amount once, good until a moment or for ever. */
export const VouchersRequest = Type.Object(
  {
    count: Type.Integer({ minimum: 1, maximum: 1000 }),
    amount: Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 }),
    until: Type.Optional(Moment),
  },
  closed,
);
export type VouchersRequest = Static<typeof VouchersRequest>;

/** Their codes, which are kept nowhere else. */
export const VouchersReply = Type.Object({ codes: Type.Array(Type.String()) }, closed);
export type VouchersReply = Static<typeof VouchersReply>;
