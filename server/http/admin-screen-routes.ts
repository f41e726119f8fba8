import { createHash, randomInt } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { sendRefusal } from "../../link/routes.ts";
import { ScreenCodeRequest } from "../../protocol/admin.ts";
import { SCREEN_CODE_DIGITS, screenCodeHash } from "../../protocol/screen-code.ts";
import { issueScreenCode, SCREEN_CODE_MINUTES } from "../screens/screen-codes.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";
import { onlyWithToken } from "./token-guard.ts";

/** Codes by which screens are paired with terminals; see `protocol/admin.ts`. */
export function registerAdminScreenRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, log, now, bell } = parts;
  const preHandler = onlyWithToken(options.token);
  app.post<{ Body: ScreenCodeRequest }>(
    "/api/admin/screen-codes",
    { preHandler, schema: { body: ScreenCodeRequest } },
    (request, reply) => {
      const { terminal } = request.body;
      const known = readSite(db)?.terminals.find(({ id }) => id === terminal);
      if (known === undefined)
        return sendRefusal(reply, "not-found", `There is no terminal "${terminal}".`);
      const code = Array.from({ length: SCREEN_CODE_DIGITS }, () => randomInt(10)).join("");
      const hash = screenCodeHash(terminal, code, (text) =>
        createHash("sha256").update(text).digest("base64url"),
      );
      issueScreenCode(db, { terminal, bridge: known.bridge, hash }, now());
      bell.ring();
      log.info({ event: "screen-code", terminal });
      return { code: `${code.slice(0, 5)} ${code.slice(5)}`, minutes: SCREEN_CODE_MINUTES };
    },
  );
}
