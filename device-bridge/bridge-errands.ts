import type { Logger } from "pino";
import { Type } from "typebox";
import type { Link } from "../link/client.ts";
import type { BridgeReleases } from "./bridge-releases.ts";
import type { BridgeState } from "./bridge-state.ts";
import { createErrandRunner, type ErrandRunner } from "./probe/run-errands.ts";

/** What people send this bridge to do at its devices: between releases, and told to the server. */
export function createBridgeErrands(options: {
  readonly server: Link;
  readonly state: BridgeState;
  readonly releases: BridgeReleases;
  readonly now: () => number;
  readonly log: Logger;
}): ErrandRunner {
  const { server, state, releases, now, log } = options;
  return createErrandRunner({
    device: (id) => state.own()?.devices.find((device) => device.id === id),
    knowledge: (id) => state.own()?.knowledge.get(id),
    alone: releases.alone,
    async tell(errandId, done) {
      await server.post(`/api/bridge/errands/${errandId}`, done, Type.Object({}));
    },
    now,
    onDone: ({ device, kind }, result) =>
      log.info({ event: "errand", device, kind, result: result.kind }, "an errand is done"),
  });
}
