import { randomUUID } from "node:crypto";
import type { Link } from "../link/client.ts";
import type { createMetrics } from "./bridge-metrics.ts";
import type { BridgeOptions, BridgeSurroundings } from "./bridge-options.ts";
import type { BridgeReleases } from "./bridge-releases.ts";
import type { BridgeState } from "./bridge-state.ts";
import type { BridgeTerminals } from "./bridge-terminals.ts";
import { throughConverters } from "./convert/converter.ts";
import type { GatewayOptions } from "./gateway/open-gateway.ts";
import { readerBench } from "./readers/reader-bench.ts";
import type { PairedScreens } from "./screens/paired-screens.ts";
import { carryOutIntent } from "./sessions/carry-out-intent.ts";
import { makeView } from "./view/make-view.ts";
import { readerIdOf } from "./view/terminal-view.ts";

export interface GatewayParts {
  readonly options: BridgeOptions;
  readonly around: BridgeSurroundings;
  readonly state: BridgeState;
  readonly places: BridgeTerminals;
  readonly releases: BridgeReleases;
  readonly metrics: ReturnType<typeof createMetrics>;
  readonly paired: PairedScreens;
  readonly server: Link;
}

/** What the gateway shows and takes. */
export function gatewayOptions(parts: GatewayParts): GatewayOptions {
  const { options, around, state, places, releases, metrics } = parts;
  const { engine, devices, journal } = releases;
  const { terminals, readers } = places;
  const allReaders = () =>
    state.terminals().flatMap(({ id, readers: all }) => all.map((_, i) => readerIdOf(id, i)));
  const slowedReaders = () => allReaders().filter((id) => readers.siege(id) !== undefined);
  return {
    ...options,
    paired: parts.paired,
    readerRoutes: readerBench({
      bridge: options.id,
      dataDir: options.dataDir,
      server: parts.server,
      state,
      places,
      monotonic: around.monotonic,
    }),
    now: around.monotonic,
    terminals: () => state.terminals().map(({ id }) => id),
    view: (id) =>
      makeView(id, {
        state,
        terminal: terminals.state,
        reader: readers.state,
        device: devices.condition,
        abilities: (id) => {
          const told = releases.abilities.of(id);
          return told === undefined ? undefined : throughConverters(told, options.converters ?? []);
        },
        find: engine.find,
        open: engine.open,
        now: around.monotonic,
      }),
    onCard: (id, text) => {
      const index = state.terminal(id)?.readers.findIndex(({ kind }) => kind === "screen") ?? -1;
      if (index === -1) return;
      const bytes = new TextEncoder().encode(text);
      readers.tell(readerIdOf(id, index), { text, bytes, medium: "wedge" });
    },
    async onIntent(id, { id: intentId, intent }) {
      const terminal = state.terminal(id);
      if (terminal === undefined) return "session-over";
      metrics.count("intents");
      const result = await carryOutIntent(intentId, intent, {
        terminal,
        site: state.known().site,
        state: () => terminals.state(id),
        apply: (event) => terminals.apply(id, event),
        refreshSoon: () => terminals.refreshSoon(id),
        knowsIntent: journal.knowsIntent,
        intend: engine.intend,
        cancelRelease: (releaseId) => engine.apply(releaseId, { kind: "cancel-wanted" }),
        findRelease: engine.find,
        underWay: releases.jobsUnderWay,
        // One that was away a moment ago may be back: trying tells, and costs nothing.
        deviceIsBlocked: (device) =>
          devices.condition(device).problems.some((problem) => problem !== "unreachable"),
        now: around.now,
        newId: randomUUID,
      });
      const { kind } = intent;
      if (kind !== "stay" && kind !== "sign-in-touch")
        around.log.info({ event: "intent", terminal: id, kind, result }, kind);
      return result;
    },
    metrics: () =>
      metrics.text({
        // Those that only wait for a person to decide are the server's to count.
        releases_open: engine.open().filter(({ phase }) => phase.kind !== "undecided").length,
        outbox_entries: releases.waiting(),
        readers_missing: allReaders().filter((id) => readers.state(id) !== "ready").length,
        readers_slowed: slowedReaders().length,
        server_reachable: state.serverReachable() ? 1 : 0,
        devices_blocked: (state.own()?.devices ?? []).filter(
          ({ id }) => devices.condition(id).state === "blocked",
        ).length,
      }),
    health: () => {
      const slowed = slowedReaders();
      const server = state.serverReachable()
        ? "The bridge is well, and the server answers."
        : "The bridge is well; the server does not answer.";
      const siege = slowed.length === 0 ? "" : ` Look who is at ${slowed.join(", ")}: slowed.`;
      return { ok: true, sentence: server + siege };
    },
  };
}
