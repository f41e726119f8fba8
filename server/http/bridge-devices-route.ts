import type { FastifyInstance } from "fastify";
import { authenticated } from "../../link/routes.ts";
import { DeviceReport } from "../../protocol/handling.ts";
import type { ServerParts } from "../server-parts.ts";
import { storeAbilities } from "../site/device-abilities.ts";
import { readSite } from "../site/read-site.ts";
import { heardBridge } from "./heard-bridge.ts";

/** What a bridge tells of its devices; see `protocol/handling.ts`. Those of others are left out. */
export function registerBridgeDevicesRoute(app: FastifyInstance, parts: ServerParts): void {
  const { db, bell, log } = parts;
  const preHandler = authenticated(parts.acceptor, "bridge");

  app.post<{ Body: DeviceReport }>(
    "/api/bridge/devices",
    { preHandler, schema: { body: DeviceReport } },
    (request) => {
      const { subject: bridge } = heardBridge(parts, request);
      const devices = readSite(db)?.devices ?? [];
      const own = new Set(devices.flatMap((one) => (one.bridge === bridge ? [one.id] : [])));
      const told = request.body.devices.filter(({ device }) => own.has(device));
      if (storeAbilities(db, told)) {
        log.info({ event: "device-abilities", bridge, devices: told.map(({ device }) => device) });
        bell.ring();
      }
      return { taken: told.length };
    },
  );
}
