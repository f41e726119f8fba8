import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Type } from "typebox";
import type { SeenRoute } from "../link/route-guards.ts";
import type { BridgeSite } from "../protocol/bridge-server.ts";
import { copyDatabase } from "../storage/copy-database.ts";
import { openDatabase } from "../storage/open-database.ts";
import { openSiteKey, purposeKey } from "../storage/site-key.ts";
import { createBridgeErrands } from "./bridge-errands.ts";
import { createMetrics } from "./bridge-metrics.ts";
import { type BridgeOptions, type BridgeSurroundings, sentenceOf } from "./bridge-options.ts";
import { type BridgeReleases, createBridgeReleases } from "./bridge-releases.ts";
import { createBridgeState } from "./bridge-state.ts";
import { type BridgeTerminals, openBridgeTerminals } from "./bridge-terminals.ts";
import { serveDirect } from "./direct/serve-direct.ts";
import { openGateway } from "./gateway/open-gateway.ts";
import { gatewayOptions } from "./gateway-options.ts";
import { journalMigrations } from "./journal/schema.ts";
import { createSiteCache } from "./journal/site-cache.ts";
import { mendAfterRestore } from "./restored/mend-after-restore.ts";
import { createPairedScreens } from "./screens/paired-screens.ts";
import { createAskServer } from "./sessions/ask-server.ts";
import { deleteJobs } from "./sessions/delete-jobs.ts";
import { fastRelease } from "./sessions/fast-release.ts";
import { createKeepPreferences } from "./sessions/keep-preferences.ts";
import { createTakeByCode } from "./sessions/take-by-code.ts";
import { showRelease } from "./show-release.ts";
import { createOutside } from "./site/outside.ts";
import { ownSite } from "./site/own-site.ts";
import { syncSite } from "./site/sync-site.ts";
import { wait } from "./site/wait.ts";

export interface RunningBridge {
  readonly routes: readonly SeenRoute[];
  /** Copies the database, as it is at one moment, into a folder. */
  readonly snapshot: (folder: string) => Promise<void>;
  readonly url: string;
  readonly port: number;
  readonly readerPort: number;
  close(): Promise<void>;
}

/**
 * Starts a bridge: it goes on with what its journal holds, then serves readers and screens. The server
 * need not be there. Throws a sentence when its folder or a port cannot be had.
 */
export async function startBridge(options: BridgeOptions): Promise<RunningBridge> {
  const { converters = [], log, now = Date.now, monotonic = () => performance.now() } = options;
  const around: BridgeSurroundings = { log, now, monotonic, random: Math.random };
  const db = openDatabase({
    path: join(options.dataDir, "bridge.db"),
    migrations: journalMigrations,
  });
  const outside = createOutside(options);
  const { server } = outside;
  const metrics = createMetrics();
  const state = createBridgeState();
  const closers: (() => Promise<void> | void)[] = [() => void db.close(), () => outside.close()];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };

  const onReachable = (reachable: boolean, error?: unknown) => {
    if (!state.setServerReachable(reachable)) return;
    if (reachable) log.info({ event: "server-reachable" }, "the server answers");
    else log.warn({ event: "server-unreachable", why: sentenceOf(error) }, "the server is away");
    state.changed();
    if (reachable) releases.serverIsBack();
    if (reachable) preferences.wake();
  };

  const preferences = createKeepPreferences({ server });
  let places: BridgeTerminals | undefined;
  const isOpen = (terminal: string) => places?.terminals.state(terminal).kind === "open";
  const releases: BridgeReleases = createBridgeReleases({
    ...around,
    db,
    outside,
    state,
    metrics,
    isAttended: (device) =>
      state.terminals().some(({ id, devices }) => devices.includes(device) && isOpen(id)),
    onRelease: (release) => showRelease({ release, state, places }),
    conversion: { converters, folder: join(options.dataDir, "converting") },
    onDelivered() {
      for (const { id } of state.terminals()) places?.terminals.refreshSoon(id);
    },
  });
  closers.push(() => releases.close());
  const { engine } = releases;
  const paired = createPairedScreens(db, monotonic);

  try {
    const opened = await openBridgeTerminals({
      ...around,
      readerHost: options.readerHost ?? options.host,
      readerPort: options.readerPort ?? 7778,
      state,
      asking: createAskServer({ server, onReachable }),
      metrics,
      preferences,
      deleteJobs: (session, jobIds) => deleteJobs(session, jobIds, outside.provider),
      takeByCode: createTakeByCode({ db, providers: outside.providers, now }),
      onFastRelease: (terminal, session) =>
        fastRelease({ terminal, session, state, releases, now }),
      isToldOfCharges: () => releases.waiting() === 0,
      onAttended: (device) => releases.devices.hurry(device),
      tellInstall: async (done) => {
        await server.post("/api/bridge/reader-installs", done, Type.Object({}));
      },
    });
    places = opened;
    closers.push(() => opened.close());

    const direct = serveDirect({
      server,
      provider: outside.provider,
      isOwnDevice: (device) => state.known().devices.some(({ id }) => id === device),
      isUnderWay: (jobId) => releases.jobsUnderWay().has(jobId),
      intend: engine.intend,
      random: Math.random,
      wait,
      now,
      newId: randomUUID,
      onTrouble: ({ provider, error }) =>
        log.warn({ event: "provider-unreachable", provider, why: sentenceOf(error) }, "provider"),
    });
    closers.push(() => direct.close());

    const errands = createBridgeErrands({ server, state, releases, now, log });
    closers.push(() => errands.close());

    const follow = (told: BridgeSite) => {
      const first = state.own() === undefined;
      const own = ownSite(told, options.id);
      state.setOwn(own);
      outside.setSite(own);
      paired.setCodes(told.screenCodes ?? []);
      const deviceIds = own.devices.map(({ id }) => id);
      releases.abilities.setDevices(deviceIds);
      releases.devices.setDevices(deviceIds);
      opened.followSite();
      // What was begun goes on as soon as it is known where devices and providers are.
      if (first) engine.recover();
      // After that, so that no meter is read while a release that was begun has the device.
      releases.meters.setDevices(own.site.shadow === true ? deviceIds : []);
      direct.setProviders(own.providers);
      for (const { releaseId, ...decided } of told.decisions) {
        if (engine.find(releaseId) === undefined)
          log.warn({ event: "unknown-decision", releaseId }, "this journal knows no such release");
        engine.apply(releaseId, { kind: "decided", ...decided });
      }
      errands.run(told.errands ?? []);
      state.changed();
    };
    const heard = (told: BridgeSite) => {
      follow(told);
      mending.heard(told);
    };
    const mending = mendAfterRestore({ db, releases, outside, state, now, log });
    closers.push(() => mending.close());
    const key = openSiteKey({ path: join(options.dataDir, "bridge.key"), mayCreate: true });
    const siteCache = createSiteCache(db, purposeKey(key, "seal device credentials"));
    const known = siteCache.load();
    if (known !== undefined) follow(known);
    releases.delivery.wake();

    const gateway = await openGateway(
      gatewayOptions({
        options,
        around,
        state,
        places: opened,
        releases,
        metrics,
        paired,
        server,
      }),
    );
    closers.push(() => gateway.close());
    state.onChange((terminal) => gateway.refresh(terminal));

    const sync = syncSite({
      server,
      known: known?.revision,
      random: Math.random,
      wait,
      onSite(told) {
        siteCache.store(told);
        log.info({ event: "site", revision: told.revision }, "the site changed");
        heard(told);
      },
      onReachable,
    });
    closers.push(() => sync.close());
    log.info({ event: "bridge-started", url: gateway.url, readers: opened.readers.port }, "ready");
    const snapshot = (folder: string) => copyDatabase(db, folder);
    const { url, port, routes } = gateway;
    return { url, port, routes, readerPort: opened.readers.port, snapshot, close };
  } catch (error) {
    await close();
    throw error;
  }
}
