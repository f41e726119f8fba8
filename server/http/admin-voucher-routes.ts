import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { sendRefusal } from "../../link/routes.ts";
import { type VouchersReply, VouchersRequest } from "../../protocol/vouchers.ts";
import type { ServerParts } from "../server-parts.ts";
import { makeVouchers, VOUCHER_RANDOM_BYTES, voucherCode } from "../vouchers/voucher.ts";
import { onlyWithToken } from "./token-guard.ts";

/** Makes vouchers; their codes are told this once. See `protocol/vouchers.ts`. */
export function registerAdminVoucherRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, log, cards: keys } = parts;
  const preHandler = onlyWithToken(options.token);

  app.post<{ Body: VouchersRequest }>(
    "/api/admin/vouchers",
    { preHandler, schema: { body: VouchersRequest } },
    (request, reply) => {
      const { count, amount, until } = request.body;
      const expiresAt = until === undefined ? null : Date.parse(until);
      if (Number.isNaN(expiresAt))
        return sendRefusal(reply, "bad-request", `"${until}" is no moment.`);
      const codes = Array.from({ length: count }, () =>
        voucherCode(randomBytes(VOUCHER_RANDOM_BYTES)),
      );
      makeVouchers(db, { keys, codes, amount, expiresAt });
      log.info({ event: "vouchers-made", count, amount });
      return { codes } satisfies VouchersReply;
    },
  );
}
