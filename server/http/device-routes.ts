import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { authenticated, sendRefusal } from "../../link/routes.ts";
import {
  DeviceChange,
  type DevicesShown,
  ErrandDone,
  ErrandRequest,
} from "../../protocol/device-profile.ts";
import { Slug, Uuid } from "../../protocol/ids.ts";
import { changeDevice, showDevice } from "../devices/knowledge.ts";
import { closeReview, listReview } from "../devices/review.ts";
import type { ServerParts } from "../server-parts.ts";
import { readSite } from "../site/read-site.ts";
import { bumpRevision } from "../site/revision.ts";
import { heardBridge } from "./heard-bridge.ts";
import { onlyWithToken } from "./token-guard.ts";

const ByDevice = Type.Object({ device: Slug });
const ByErrand = Type.Object({ errandId: Uuid });
const ByRelease = Type.Object({ releaseId: Uuid });

/** Devices, as commands and bridges see them; see `protocol/device-profile.ts`. */
export function registerDeviceRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  registerAdminDevices(app, parts, options);
  registerErrands(app, parts, options);
  registerReview(app, parts, options);
}

function registerAdminDevices(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, log, bell, deviceKey } = parts;
  const preHandler = onlyWithToken(options.token);

  app.get("/api/admin/devices", { preHandler }, (): DevicesShown => {
    const devices = readSite(db)?.devices ?? [];
    return {
      devices: devices.map(({ id, name, url, bridge }) => ({
        device: id,
        name,
        url,
        bridge,
        ...showDevice(db, id),
      })),
    };
  });

  app.post<{ Params: Static<typeof ByDevice>; Body: DeviceChange }>(
    "/api/admin/devices/:device",
    { preHandler, schema: { params: ByDevice, body: DeviceChange } },
    (request, reply) => {
      const { device } = request.params;
      const bridge = bridgeOf(parts, device);
      if (bridge === undefined) return sendRefusal(reply, "not-found", noDevice(device));
      changeDevice(db, { device, bridge, change: request.body, sealKey: deviceKey });
      bell.ring();
      log.info({ event: "device-changed", device, what: Object.keys(request.body) });
      return showDevice(db, device);
    },
  );
}

function registerErrands(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  const { db, log, bell, errands } = parts;
  const preHandler = onlyWithToken(options.token);

  app.post<{ Params: Static<typeof ByDevice>; Body: ErrandRequest }>(
    "/api/admin/devices/:device/errands",
    { preHandler, schema: { params: ByDevice, body: ErrandRequest } },
    (request, reply) => {
      const { device } = request.params;
      const bridge = bridgeOf(parts, device);
      if (bridge === undefined) return sendRefusal(reply, "not-found", noDevice(device));
      const errand = { ...request.body, errandId: randomUUID(), device };
      errands.send(errand, bridge);
      bumpRevision(db, { kind: "decisions", bridge });
      bell.ring();
      log.info({ event: "errand", device, kind: errand.kind, errandId: errand.errandId });
      return { errandId: errand.errandId };
    },
  );

  app.get<{ Params: Static<typeof ByErrand> }>(
    "/api/admin/errands/:errandId",
    { preHandler, schema: { params: ByErrand } },
    (request, reply) => {
      const result = errands.result(request.params.errandId);
      return result === undefined
        ? sendRefusal(reply, "not-found", "There is no such errand any more. Start it again.")
        : { result };
    },
  );

  app.post<{ Params: Static<typeof ByErrand>; Body: ErrandDone }>(
    "/api/bridge/errands/:errandId",
    {
      preHandler: authenticated(parts.acceptor, "bridge"),
      schema: { params: ByErrand, body: ErrandDone },
    },
    (request) => {
      const { subject: bridge } = heardBridge(parts, request);
      const { errandId } = request.params;
      const { result } = request.body;
      const errand = errands.find(errandId, bridge);
      if (errand === undefined) return {};
      errands.done(errandId, result);
      if (result.kind === "probed" && errand.kind === "print") {
        const { device } = errand;
        const change = { profile: result.profile };
        changeDevice(db, { device, bridge, change, sealKey: parts.deviceKey });
        bell.ring();
      }
      log.info({ event: "errand-done", errandId, result: result.kind });
      return {};
    },
  );
}

function registerReview(
  app: FastifyInstance,
  { db, now, log }: ServerParts,
  options: { token: string },
): void {
  const preHandler = onlyWithToken(options.token);
  app.get("/api/admin/review", { preHandler }, () => listReview(db));
  app.post<{ Params: Static<typeof ByRelease> }>(
    "/api/admin/review/:releaseId",
    { preHandler, schema: { params: ByRelease } },
    (request, reply) => {
      const { releaseId } = request.params;
      if (!closeReview(db, releaseId, now()))
        return sendRefusal(reply, "not-found", "Nothing of this release waits for a review.");
      log.info({ event: "reviewed", releaseId });
      return listReview(db);
    },
  );
}

function bridgeOf({ db }: ServerParts, device: string): string | undefined {
  return readSite(db)?.devices.find(({ id }) => id === device)?.bridge;
}

function noDevice(device: string): string {
  return `The site has no device "${device}". Declare it under "devices" in the configuration.`;
}
