import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { createAcceptor } from "../link/acceptor.ts";
import type { TlsPair } from "../link/certificate.ts";
import { loadOrCreateKeyPair } from "../link/keys.ts";
import { listen } from "../link/listen.ts";
import { closeTls, listenTls } from "../link/listen-tls.ts";
import type { SeenRoute } from "../link/route-guards.ts";
import { registerSessionRoutes } from "../link/routes.ts";
import { registerTlsVoucher } from "../link/tls-vouching.ts";
import type { PersonInput } from "../protocol/admin.ts";
import type { Site } from "../protocol/site.ts";
import { copyDatabase } from "../storage/copy-database.ts";
import { openDatabase } from "../storage/open-database.ts";
import { createSecretChecker } from "../storage/secret-checker.ts";
import { openSiteKey, purposeKey } from "../storage/site-key.ts";
import { readOrMakeToken } from "../storage/token-file.ts";
import { auditAnswers } from "./audit/audit-answers.ts";
import { createDeviceStates } from "./devices/device-states.ts";
import { createErrands } from "./devices/errands.ts";
import type { Directory } from "./directory/directory.ts";
import type { DirectoryOptions } from "./directory/open-directory.ts";
import type { DirectorySettings } from "./directory/settings.ts";
import { newestGeneration } from "./enrolment/enrolled.ts";
import { createFailureBound } from "./failure-bound.ts";
import { keepAllotting } from "./groups/keep-allotting.ts";
import { registerAdminRoutes } from "./http/admin-routes.ts";
import { createApp } from "./http/app.ts";
import { registerBridgeDevicesRoute } from "./http/bridge-devices-route.ts";
import { registerBridgeSiteRoute } from "./http/bridge-site-route.ts";
import { registerBridgeStatesRoute } from "./http/bridge-states-route.ts";
import { registerCardSightRoute } from "./http/card-sight-route.ts";
import { registerDeviceRoutes } from "./http/device-routes.ts";
import { registerEnrolRoutes } from "./http/enrol-routes.ts";
import { registerHealthRoutes } from "./http/health-routes.ts";
import { registerIdentifyRoutes } from "./http/identify-routes.ts";
import { POLL_MS } from "./http/long-poll.ts";
import { registerMoneyRoutes } from "./http/money-routes.ts";
import { registerMonitorRoutes } from "./http/monitor-routes.ts";
import { registerProviderPeopleRoutes } from "./http/provider-people-routes.ts";
import { registerProviderRoutes } from "./http/provider-routes.ts";
import { registerReaderKeyRoutes } from "./http/reader-key-routes.ts";
import { registerShadowRoutes } from "./http/shadow-routes.ts";
import { sqliteLedger } from "./ledger/ledger.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { serverMigrations } from "./migrations.ts";
import { cardKeys } from "./people/card-keys.ts";
import { makeFirstPeople } from "./people/make-person.ts";
import { withSetPrices } from "./printers/device-price.ts";
import { createInstalls } from "./readers/installs.ts";
import { erasePeople } from "./retention/erase-people.ts";
import type { ServerParts } from "./server-parts.ts";
import { createBell } from "./site/bell.ts";
import { upsertSite } from "./site/upsert-site.ts";
import { registerXmlRpcRoutes } from "./xml-rpc/routes.ts";

export type ServerOptions = {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Folder of everything that must last; made when it is missing. */
  dataDir: string;
  site: Site;
  /** Made once, while nobody was ever there. */
  people?: readonly PersonInput[];
  /** Where people are known beside this server, if anywhere. */
  directory?: DirectorySettings;
  log: Logger;
  /** Wall clock, milliseconds. */
  now?: () => number;
  /** A second port over TLS, 0 for any, with what it shows; none if left out. */
  tls?: { port: number; pair: TlsPair };
  /** Names by which others call this server, beside loopback ones and `host`. */
  hostNames?: readonly string[];
  /** Addresses, beside loopback, that may use the web services, or read the figures. */
  webServiceAddresses?: readonly string[];
  metricsAddresses?: readonly string[];
  /** Where the key of what is sealed lies; put it on another disk than the database. */
  siteKeyPath?: string;
  /** Days after which people who are disabled lose their names; never unless told. */
  forgetPeopleAfterDays?: number;
  /** How long long polls wait; 25 s unless told. */
  pollMs?: number;
};

export type RunningServer = {
  url: string;
  port: number;
  /** Of TLS, where it listens with it. */
  tlsPort?: number;
  publicKey: string;
  /** Files that hold the administrators' token and that of the web services. */
  adminTokenFile: string;
  webServicesTokenFile: string;
  healthKeyFile: string;
  /** Every route that is served. */
  routes: readonly SeenRoute[];
  /** Copies the database, as it is at one moment, into a folder. */
  snapshot: (folder: string) => Promise<void>;
  close: () => Promise<void>;
};

/**
 * Starts the server on its data folder and declares the site. Throws a sentence when the port is taken,
 * the folder cannot be used, or the site contradicts itself.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, dataDir, log, now = Date.now } = options;
  const files = openFiles(dataDir, options.siteKeyPath);
  const { db, keyPair } = files;
  const monotonic = (): number => performance.now();
  const acceptor = createAcceptor({
    audience: "server",
    serverPublicKey: () => keyPair.publicKey,
    // The server itself counts generations up, when it enrols; there is nothing to learn from callers.
    generations: { newest: (subject) => newestGeneration(db, subject), remember: () => {} },
    now: monotonic,
    random: randomBytes,
  });
  const cards = cardKeys(files.siteKey);
  const codeKey = purposeKey(files.siteKey, "find enrolment codes");
  const directory =
    options.directory && (await openLdap({ ...options.directory, log, now, monotonic }));
  const parts: ServerParts = {
    db,
    keyPair,
    acceptor,
    log,
    now,
    ledger: sqliteLedger(db, now),
    deviceKey: purposeKey(files.siteKey, "seal device credentials"),
    deviceStates: createDeviceStates(monotonic),
    addressKey: purposeKey(files.siteKey, "find queue addresses"),
    errands: createErrands(),
    installs: createInstalls(monotonic),
    declared: options.site,
    cards,
    codeKey,
    signIn: {
      db,
      cards,
      codeKey,
      now,
      log,
      directory,
      secrets: createSecretChecker({ atOnce: 4, waiting: 64 }),
    },
    bell: createBell(),
    metrics: createMetrics(monotonic),
    pollMs: options.pollMs ?? POLL_MS,
    failures: {
      cards: createFailureBound({ burst: 20, everyMs: 3_000, now: monotonic }),
      codes: createFailureBound({ burst: 10, everyMs: 30_000, now: monotonic }),
    },
  };
  const { app, routes } = createApp({ log, hosts: () => [host, ...(options.hostNames ?? [])] });
  let secure: Awaited<ReturnType<typeof listenTls>> | undefined;
  let upkeep: NodeJS.Timeout | undefined;
  let allotting: ReturnType<typeof keepAllotting> | undefined;
  const close = async (): Promise<void> => {
    clearInterval(upkeep);
    parts.bell.close();
    if (secure !== undefined) await closeTls(secure.server);
    await app.close();
    await allotting?.stop();
    await directory?.close();
    parts.metrics.close();
    db.close();
    log.info({ event: "server-stopped" });
  };
  try {
    await declare(parts, options);
    registerRoutes(app, parts, { ...options, ...files });
    const { tls } = options;
    if (tls !== undefined) {
      registerTlsVoucher(app, {
        subject: "server",
        privateKey: keyPair.privateKey,
        pair: tls.pair,
      });
      secure = await listenTls(app, { host, ...tls, who: "the server" });
    }
    const { url, port } = await listen(app, { host, port: options.port, who: "the server" });
    log.info({ event: "server-started", url, tls: secure?.url });
    const tend = () => tendPeople(parts, options.forgetPeopleAfterDays);
    tend();
    upkeep = setInterval(tend, UPKEEP_MS);
    allotting = keepAllotting(parts);
    const { adminTokenFile, webServicesTokenFile, healthKeyFile } = files;
    return {
      url,
      port,
      ...(secure === undefined ? {} : { tlsPort: secure.port }),
      publicKey: keyPair.publicKey,
      adminTokenFile,
      webServicesTokenFile,
      healthKeyFile,
      routes,
      snapshot: (folder) => copyDatabase(db, folder),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const UPKEEP_MS = 3_600_000;

function tendPeople({ db, log, now }: ServerParts, days: number | undefined): void {
  if (days === undefined) return;
  try {
    const erased = erasePeople(db, { days, now: now() });
    if (erased > 0) log.info({ event: "people-erased", erased }, "names were taken away");
  } catch (error) {
    log.error({ event: "upkeep-failed", err: error }, "tried again later");
  }
}

function openFiles(dataDir: string, siteKeyPath = join(dataDir, "site.key")) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, "server.db");
  // The key first: a kill between the two leaves a key without a database, which harms nothing.
  const siteKey = openSiteKey({ path: siteKeyPath, mayCreate: !existsSync(path) });
  const keyPair = loadOrCreateKeyPair(join(dataDir, "server-key.pem"));
  const adminTokenFile = join(dataDir, "admin-token");
  const webServicesTokenFile = join(dataDir, "web-services-token");
  const adminToken = readOrMakeToken(adminTokenFile);
  const webServicesToken = readOrMakeToken(webServicesTokenFile);
  const healthKeyFile = join(dataDir, "health-key");
  const healthKey = readOrMakeToken(healthKeyFile);
  const db = openDatabase({ path, migrations: serverMigrations });
  return {
    siteKey,
    keyPair,
    adminTokenFile,
    webServicesTokenFile,
    adminToken,
    webServicesToken,
    healthKey,
    healthKeyFile,
    db,
  };
}

async function declare(parts: ServerParts, options: ServerOptions): Promise<void> {
  const { db, log, cards, now } = parts;
  const declared = upsertSite(db, withSetPrices(db, options.site));
  if (declared.kind === "faulty") throw new Error(`The site cannot be used. ${declared.sentence}`);
  log.info({ event: "site-declared", change: declared.kind });
  const made = await makeFirstPeople(db, { people: options.people ?? [], keys: cards }, now());
  if (made > 0) log.info({ event: "first-people", made });
}

function registerRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: ServerOptions & { adminToken: string; webServicesToken: string; healthKey: string },
): void {
  const { metricsAddresses = [], webServiceAddresses = [] } = options;
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "none";
    const seconds = reply.elapsedTime / 1000;
    parts.metrics.timed({ route, method: request.method, status: reply.statusCode, seconds });
    done();
  });
  registerSessionRoutes(app, parts.acceptor);
  registerEnrolRoutes(app, parts);
  registerIdentifyRoutes(app, parts);
  registerCardSightRoute(app, parts);
  registerMoneyRoutes(app, parts);
  registerBridgeSiteRoute(app, parts);
  registerBridgeDevicesRoute(app, parts);
  registerBridgeStatesRoute(app, parts);
  registerProviderRoutes(app, parts);
  registerProviderPeopleRoutes(app, parts);
  const token = options.adminToken;
  auditAnswers(app, parts);
  registerAdminRoutes(app, parts, { token });
  registerDeviceRoutes(app, parts, { token });
  registerReaderKeyRoutes(app, parts, { token });
  registerShadowRoutes(app, parts, { token });
  registerHealthRoutes(app, parts, { metricsAddresses });
  registerMonitorRoutes(app, parts, { key: options.healthKey });
  registerXmlRpcRoutes(app, parts, {
    token: options.webServicesToken,
    healthKey: options.healthKey,
    allowedAddresses: webServiceAddresses,
  });
}

/** The client for LDAP is loaded where a directory is configured. */
async function openLdap(options: DirectoryOptions): Promise<Directory> {
  const { openDirectory } = await import("./directory/open-directory.ts");
  return openDirectory(options);
}
