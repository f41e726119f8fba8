import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { type AdminClient, adminClient } from "../../command/admin-client.ts";
import type { Configuration } from "../../command/configuration/schema.ts";
import { EnrolmentCodeReply } from "../../protocol/admin.ts";
import { freePorts } from "./free-ports.ts";
import { type RoleProcess, roleProcess } from "./role-process.ts";

const ROLES = ["server", "provider", "bridge", "simulator"] as const;
export type RoleName = (typeof ROLES)[number];

/** A whole site on loopback: real processes, real ports, a data folder of its own. */
export type TestSite = {
  roles: Record<RoleName, RoleProcess>;
  ports: Record<
    "server" | "serverTls" | "provider" | "providerTls" | "bridge" | "reader" | "simulator",
    number
  >;
  folder: string;
  env: NodeJS.ProcessEnv;
  admin: AdminClient;
  webServicesToken: () => string;
  /** Where the roles keep what must last. */
  dataDir: () => string;
  /** Arguments by which a provider or bridge joins anew. */
  codeFor: (role: "provider" | "bridge") => Promise<string[]>;
  /** Ends every process and removes the data. */
  close: () => Promise<void>;
};

/**
 * Starts a site. `configuration` is laid over one that is good for tests: free ports and a simulated
 * MFP of 6000 pages a minute. With `devices` given, no simulator is started. Over TLS the roles reach
 * one another as on different machines.
 */
export async function startSite(
  configuration: Configuration = {},
  { overTls = false }: { overTls?: boolean } = {},
): Promise<TestSite> {
  const folder = mkdtempSync(join(tmpdir(), "guichet-site-"));
  const free = await freePorts(8);
  const [server = 0, provider = 0, bridge = 0, reader = 0, simulator = 0, snmpPort = 0] = free;
  const [serverTls = 0, providerTls = 0] = free.slice(6);
  const simulated = configuration.devices === undefined;
  const at = (port: number) => (overTls ? { url: `https://127.0.0.1:${port}` } : {});
  const whole: Configuration = {
    ...configuration,
    server: { port: server, tlsPort: serverTls, ...at(serverTls), ...configuration.server },
    provider: {
      port: provider,
      tlsPort: providerTls,
      ...at(providerTls),
      ...configuration.provider,
    },
    bridge: { port: bridge, readerPort: reader, ...configuration.bridge },
    ...(simulated
      ? {
          simulator: {
            port: simulator,
            snmpPort,
            pagesPerMinute: 6000,
            ...configuration.simulator,
          },
        }
      : {}),
  };
  const path = join(folder, "guichet.yaml");
  writeFileSync(path, stringify(whole));
  const env = { GUICHET_CONFIG: path, GUICHET_DATA: join(folder, "data") };
  const roles = Object.fromEntries(ROLES.map((role) => [role, roleProcess(role, env)])) as Record<
    RoleName,
    RoleProcess
  >;
  const admin: AdminClient = {
    get: (path, reply) => adminNow().get(path, reply),
    post: (path, body, reply) => adminNow().post(path, body, reply),
  };
  const adminNow = () =>
    adminClient({
      url: `http://127.0.0.1:${server}`,
      serverFolder: join(env.GUICHET_DATA, "server"),
    });
  const code = async (role: "provider" | "bridge") => {
    const reply = await admin.post(
      "/api/admin/enrolment-codes",
      { role, subject: `main-${role}` },
      EnrolmentCodeReply,
    );
    return ["--enrol", `${reply.code}.${reply.serverKey}`];
  };

  const close = async () => {
    await Promise.all(ROLES.map((role) => roles[role].kill()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await roles.server.start();
    await Promise.all([
      simulated ? roles.simulator.start() : undefined,
      roles.provider.start(await code("provider")),
    ]);
    const told = untilToldOfSite(roles.bridge);
    await roles.bridge.start(await code("bridge"));
    await told;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    roles,
    ports: { server, serverTls, provider, providerTls, bridge, reader, simulator },
    folder,
    env,
    admin,
    webServicesToken: () =>
      readFileSync(join(env.GUICHET_DATA, "server", "web-services-token"), "utf8").trim(),
    dataDir: () => env.GUICHET_DATA,
    codeFor: code,
    close,
  };
}

/** A new bridge listens before it knows its terminals: a badge shown before that is nobody's. */
function untilToldOfSite(bridge: RoleProcess): Promise<void> {
  return new Promise((resolve) => {
    const end = bridge.onLog(({ event }) => {
      if (event !== "site") return;
      end();
      resolve();
    });
  });
}

/**
 * Ends the roles as a machine that is lost does, and goes on with another data folder, once `prepare` has
 * filled it. The devices stay what and where they are.
 */
export async function moveTo(
  site: TestSite,
  folder: string,
  prepare: (folder: string) => Promise<unknown>,
): Promise<void> {
  await Promise.all((["bridge", "provider", "server"] as const).map((it) => site.roles[it].kill()));
  await prepare(folder);
  // The roles' processes read it from here when they are started.
  site.env.GUICHET_DATA = folder;
  await site.roles.server.start();
  await site.roles.provider.start(await site.codeFor("provider"));
  await site.roles.bridge.start(await site.codeFor("bridge"));
}
