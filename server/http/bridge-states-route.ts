import type { FastifyInstance } from "fastify";
import { authenticated } from "../../link/routes.ts";
import { DeviceStates } from "../../protocol/device-states.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";
import { heardBridge } from "./heard-bridge.ts";

/** How a bridge's devices are; see `protocol/device-states.ts`. Those of others are left out. */
export function registerBridgeStatesRoute(app: FastifyInstance, parts: ServerParts): void {
  const preHandler = authenticated(parts.acceptor, "bridge");

  app.post<{ Body: DeviceStates }>(
    "/api/bridge/device-states",
    { preHandler, schema: { body: DeviceStates } },
    (request) => {
      const { subject: bridge } = heardBridge(parts, request);
      const devices = readSite(parts.db)?.devices ?? [];
      const own = new Set(devices.flatMap((one) => (one.bridge === bridge ? [one.id] : [])));
      const told = request.body.devices.filter(({ device }) => own.has(device));
      for (const state of told) parts.deviceStates.note(state);
      return { taken: told.length };
    },
  );
}
