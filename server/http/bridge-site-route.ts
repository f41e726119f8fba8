import type { FastifyInstance } from "fastify";
import { authenticated, sendRefusal } from "../../link/routes.ts";
import type { BridgeSite } from "../../protocol/bridge-server.ts";
import type { Site } from "../../protocol/site.ts";
import { knowledgeOf } from "../devices/knowledge.ts";
import { providersForBridges } from "../enrolment/enrolled.ts";
import { journalMarks } from "../ledger/apply-journal.ts";
import { decisionsFor } from "../ledger/uncertain.ts";
import { screenCodesFor } from "../screens/screen-codes.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";
import { bridgeRevision } from "../site/revision.ts";
import { heardBridge } from "./heard-bridge.ts";
import { After, waitForNews } from "./long-poll.ts";
import { readerKeysFor } from "./reader-key-routes.ts";

/** All that a bridge keeps a copy of, as soon as it changes; see `protocol/bridge-server.ts`. */
export function registerBridgeSiteRoute(app: FastifyInstance, parts: ServerParts): void {
  const { db, bell } = parts;
  const preHandler = authenticated(parts.acceptor, "bridge");

  app.get<{ Querystring: After }>(
    "/api/bridge/site",
    { preHandler, schema: { querystring: After } },
    async (request, reply) => {
      const { subject: bridge } = heardBridge(parts, request);
      const after = Number(request.query.after ?? -1);
      const revision = (): number => bridgeRevision(db, bridge);
      await waitForNews({ after, revision, bell, reply, pollMs: parts.pollMs });
      parts.metrics.heard(bridge);
      const site = readSite(db);
      if (site === undefined)
        return sendRefusal(reply, "not-found", "No site is declared on this server yet.");
      const answer: BridgeSite = {
        revision: revision(),
        site,
        providers: providersForBridges(db),
        decisions: decisionsFor(db, bridge),
        screenCodes: screenCodesFor(db, bridge, parts.now()),
        devices: knowledgeOf(db, devicesOf(site, bridge), parts.deviceKey),
        errands: parts.errands.openFor(bridge),
        readerKeys: readerKeysFor(parts, site, bridge),
        journal: journalMarks(db, bridge),
      };
      return answer;
    },
  );
}

function devicesOf(site: Site, bridge: string): ReadonlySet<string> {
  return new Set(site.devices.flatMap((device) => (device.bridge === bridge ? [device.id] : [])));
}
