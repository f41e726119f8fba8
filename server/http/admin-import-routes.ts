import type { FastifyInstance } from "fastify";
import { ImportEnd, type ImportReply, ImportRequest } from "../../protocol/admin-import.ts";
import { endImport } from "../people/import-leavers.ts";
import { importPeople } from "../people/import-people.ts";
import type { ServerParts } from "../server-parts.ts";
import { onlyWithToken } from "./token-guard.ts";

/** A thousand people with everything that a line can hold. */
const IMPORT_BYTES_AT_MOST = 8 * 1024 * 1024;

/** Lists of people, part by part; see `protocol/admin.ts`. */
export function registerAdminImportRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, log, now } = parts;
  const preHandler = onlyWithToken(options.token);

  app.post<{ Body: ImportRequest }>(
    "/api/admin/import",
    { preHandler, bodyLimit: IMPORT_BYTES_AT_MOST, schema: { body: ImportRequest } },
    async (request) => {
      const results = await importPeople(parts.signIn, request.body);
      const { run, dryRun } = request.body;
      const counts = Object.groupBy(results, ({ result }) => result);
      log.info({
        event: "import",
        run,
        dryRun,
        added: counts.added?.length ?? 0,
        changed: counts.changed?.length ?? 0,
        refused: counts.refused?.length ?? 0,
      });
      return { results } satisfies ImportReply;
    },
  );

  app.post<{ Body: ImportEnd }>(
    "/api/admin/import/end",
    { preHandler, schema: { body: ImportEnd } },
    (request) => {
      const ended = endImport(db, request.body, now());
      const { run, dryRun } = request.body;
      log.info({
        event: "import-end",
        run,
        dryRun,
        leavers: ended.leavers,
        disabled: ended.disabled,
      });
      return ended;
    },
  );
}
