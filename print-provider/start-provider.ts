import { type KeyObject, randomBytes, randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Logger } from "pino";
import { createAcceptor } from "../link/acceptor.ts";
import type { TlsPair } from "../link/certificate.ts";
import { listen } from "../link/listen.ts";
import { closeTls, listenTls } from "../link/listen-tls.ts";
import type { SeenRoute } from "../link/route-guards.ts";
import { registerSessionRoutes } from "../link/routes.ts";
import { registerTlsVoucher } from "../link/tls-vouching.ts";
import type { Credential } from "../protocol/credential.ts";
import { startAnalyser } from "./analysis/analyse-document.ts";
import { type AnalysisQueue, createAnalysisQueue } from "./analysis-queue.ts";
import { announceQueues } from "./announce/announce-queues.ts";
import { registerClaimRoutes } from "./bridge-api/claim-routes.ts";
import { registerDeleteRoute } from "./bridge-api/delete-route.ts";
import { registerDirectRoute } from "./bridge-api/direct-route.ts";
import { registerDocumentRoute } from "./bridge-api/document-route.ts";
import { registerRecallRoutes } from "./bridge-api/recall-routes.ts";
import { registerUnclaimedRoute } from "./bridge-api/unclaimed-route.ts";
import { createChanges } from "./changes.ts";
import { createBatch } from "./database/batch.ts";
import { generationsIn } from "./database/generations.ts";
import { createProviderApp } from "./http/provider-app.ts";
import { registerStatusRoutes } from "./http/status-routes.ts";
import { upgradeToTls } from "./http/upgrade-to-tls.ts";
import { createWhoAsks, type Trust } from "./identity/create-who-asks.ts";
import { noRoomSentence } from "./intake/receive-document.ts";
import { createUploads } from "./intake/uploads.ts";
import { documentNumber } from "./jobs/documents.ts";
import { createMetrics } from "./metrics.ts";
import { openStorage, type ProviderStorage, snapshotStorage, sweepSpool } from "./open-storage.ts";
import { queueOperations } from "./operations/operations.ts";
import { findPostScript, type PostScriptToPdf } from "./postscript/postscript-to-pdf.ts";
import type { Ports } from "./printer/reached.ts";
import type { ProviderContext } from "./provider-context.ts";
import { type ProviderLimits, standardLimits } from "./provider-limits.ts";
import { readSite, writeSite } from "./site/site-store.ts";
import { startTimers } from "./start-timers.ts";
import { talkToServer } from "./talk-to-server.ts";
import { codeOfJob } from "./unclaimed/job-code.ts";
import { createSpaceWatch } from "./upkeep.ts";
import { ownHosts } from "./web/own-page.ts";
import { registerWebRoutes } from "./web/web-routes.ts";
import { createWebSessions } from "./web/web-sessions.ts";

export interface ProviderOptions {
  readonly id: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** A second port over TLS (`ipps`), 0 for any, with what it shows; none if left out. */
  readonly tls?: { readonly port: number; readonly pair: TlsPair };
  /** The folder of all that must last; made when missing. */
  readonly dataDir: string;
  readonly serverUrl: string;
  readonly identity: { credential: Credential; privateKey: KeyObject; serverPublicKey: string };
  readonly log: Logger;
  /** Milliseconds since 1970; the machine's clock if left out. */
  readonly now?: () => number;
  readonly limits?: Partial<ProviderLimits>;
  /** The machine's name, under which queues are announced by DNS-SD; its own if left out. */
  readonly hostName?: string;
  /** Names by which other machines reach it, beside the machine's own. */
  readonly hostNames?: readonly string[];
  /** False: PostScript is not taken, also where this machine could. */
  readonly postScript?: boolean;
  /** Whom the word about user names is taken from. */
  readonly trust?: Trust;
}

export interface RunningProvider {
  readonly url: string;
  readonly port: number;
  /** Of TLS, where it listens with it. */
  readonly tlsPort?: number;
  readonly routes: readonly SeenRoute[];
  /** Copies the database as it is at one moment, and links the documents that it knows, into a folder. */
  readonly snapshot: (folder: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Starts a print provider. Resolves when it listens; the server need not be there, since what it
 * serves is kept from the last time. Throws with a sentence for an operator when it cannot start.
 */
export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const { now = Date.now, log } = options;
  const limits = { ...standardLimits, ...options.limits };
  const { diskReserveBytes } = limits;
  const { dataDir } = options;
  const postScript = options.postScript === false ? undefined : await findPostScript();
  const storage = openStorage({ dataDir, diskReserveBytes, newId: randomUUID, now: now() });
  const { db, spoolFolder } = storage;
  const space = createSpaceWatch({
    folder: spoolFolder,
    reserveBytes: diskReserveBytes,
    sentence: noRoomSentence,
  });
  const closing = new AbortController();
  let closeSecure = async (): Promise<void> => undefined;
  const part = assemble({
    options,
    storage,
    limits,
    now,
    notAccepting: space.notAccepting,
    postScript,
  });
  const { context, queue, closeAnalyser, setSite } = part;
  try {
    space.look();
    const orphans = await sweepSpool(storage);
    if (orphans > 0) log.info({ event: "orphans-removed", orphans }, "removed files of no job");
    const who = createWhoAsks(context, {
      trust: options.trust ?? {},
      link: () => server?.link,
      random: randomBytes,
    });
    let server: ReturnType<typeof talkToServer> | undefined;
    let ports: Ports = { plain: options.port };
    const made = createProviderApp(
      { context, operations: queueOperations(who.hasServiceAccounts), who, ports: () => ports },
      log,
    );
    const { app, routes, quiet } = made;
    const acceptor = createAcceptor({
      audience: options.id,
      serverPublicKey: () => options.identity.serverPublicKey,
      generations: generationsIn(db),
      now: context.monotonic,
      random: randomBytes,
    });
    registerSessionRoutes(app, acceptor);
    registerClaimRoutes(app, context, acceptor);
    registerRecallRoutes(app, context, acceptor);
    registerDocumentRoute(app, context, acceptor);
    registerDeleteRoute(app, context, acceptor);
    registerUnclaimedRoute(app, context, acceptor);
    registerDirectRoute(app, context, { acceptor, closing: closing.signal });
    const { identity, serverUrl } = options;
    registerWebRoutes(app, context, {
      ...who,
      ports: () => ports,
      sessions: createWebSessions({ random: randomBytes, now: context.monotonic }),
      isOwnHost: ownHosts([options.host, hostname(), ...(options.hostNames ?? [])]),
    });
    registerStatusRoutes(app, context, {
      server: { sinceMs: () => server?.sinceMs(), notTold: () => server?.notTold() ?? 0 },
      analysing: queue.waiting,
    });
    const { tls, host } = options;
    const called = "the print provider";
    if (tls !== undefined) {
      registerTlsVoucher(app, {
        subject: options.id,
        privateKey: identity.privateKey,
        pair: tls.pair,
      });
      upgradeToTls(app.server, tls.pair);
    }
    const { url, port } = await listen(app, { host, port: options.port, who: called });
    const secure = tls && (await listenTls(app, { ...made, host, ...tls, who: called }));
    closeSecure = async () => secure && (await closeTls(secure.server));
    ports = secure === undefined ? { plain: port } : { plain: port, tls: secure.port };
    const announcer = announceQueues({
      context,
      ports,
      hostName: options.hostName ?? hostname(),
      listensOn: host,
    });
    announcer.follow();
    const onSite: typeof setSite = (site) => {
      setSite(site);
      announcer.follow();
    };
    server = talkToServer(context, { serverUrl, identity, onSite, random: Math.random });
    const stopTimers = startTimers(context, space.look);
    log.info({ event: "provider-started", url, queues: context.site().queues.length }, "listening");
    return {
      url,
      port,
      ...(secure === undefined ? {} : { tlsPort: secure.port }),
      routes,
      snapshot: (folder) => snapshotStorage(storage, folder),
      close: async () => {
        stopTimers();
        closing.abort();
        queue.close();
        await Promise.all([
          announcer.close(),
          app.close(),
          closeSecure(),
          server.close(),
          closeAnalyser(),
        ]);
        await quiet();
        db.close();
      },
    };
  } catch (error) {
    await closeSecure();
    queue.close();
    await closeAnalyser();
    db.close();
    throw error;
  }
}

interface Assembled {
  readonly context: ProviderContext;
  readonly queue: AnalysisQueue;
  readonly closeAnalyser: () => Promise<void>;
  readonly setSite: (site: ReturnType<ProviderContext["site"]>) => void;
}

/** Puts the parts together that requests, routes and upkeep share. */
function assemble(given: {
  options: ProviderOptions;
  storage: ProviderStorage;
  limits: ProviderLimits;
  now: () => number;
  notAccepting: () => string | undefined;
  postScript: PostScriptToPdf | undefined;
}): Assembled {
  const { options, storage, limits, now, notAccepting, postScript } = given;
  const { db, spool, spoolFolder, self, codeKey } = storage;
  const { log } = options;
  const batch = createBatch(db);
  const changes = createChanges();
  const metrics = createMetrics();
  let site = readSite(db);
  let siteChangedAt = now();

  const removeFile = (jobId: string): void => {
    spool.remove({ jobId, number: documentNumber }).catch((error: unknown) => {
      log.warn({ event: "file-not-removed", jobId, err: error }, "removed at the next start");
    });
  };
  const analyser = startAnalyser({
    folder: spoolFolder,
    processes: limits.analysesMost,
    onLastWords: (text) => log.warn({ event: "analysis-died", text }, "an analysis ended badly"),
  });
  const { analyse } = analyser;
  const queue = createAnalysisQueue(
    { db, batch, spool, analyse, changes, metrics, log, now, removeFile },
    limits.analysesMost,
  );
  const context: ProviderContext = {
    id: options.id,
    db,
    batch,
    spool,
    self,
    site: () => site,
    siteChangedAt: () => siteChangedAt,
    limits,
    postScript,
    changes,
    uploads: createUploads(limits.uploadsMost),
    metrics,
    log,
    now,
    monotonic: () => performance.now(),
    newId: randomUUID,
    startedAt: now(),
    codeOf: (jobId) => codeOfJob(codeKey, jobId),
    notAccepting,
    analyse: queue.add,
    removeFile,
  };
  return {
    context,
    queue,
    closeAnalyser: () => analyser.close(),
    setSite: (next) => {
      writeSite(db, next);
      site = next;
      siteChangedAt = now();
      log.info({ event: "site-changed", revision: next.revision, queues: next.queues.length });
      // A job may have become one of a direct queue, or of another bridge's device.
      changes.announce();
    },
  };
}
