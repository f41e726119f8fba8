import { dirname, resolve } from "node:path";
import type { Device, Queue, Site, Terminal } from "../../protocol/site.ts";
import type { DirectorySettings } from "../../server/directory/settings.ts";
import { cardNumbersOf } from "./card-numbers.ts";
import { type ConverterSettings, convertersOf } from "./converters-of.ts";
import { directoryOf } from "./directory-defaults.ts";
import { ConfigurationError } from "./load.ts";
import { priceRule } from "./price-defaults.ts";
import { readerConnection } from "./reader-connection.ts";
import type { Configuration } from "./schema.ts";
import { signInOf } from "./sign-in-defaults.ts";
import { isWildcard, urlOf } from "./url-of.ts";

/** The configuration with every default filled in, and names resolved. */
export type Settings = {
  site: Site;
  server: Listening & {
    /** How other machines reach it. */
    url: string;
    /** How commands on its own machine do. */
    localUrl: string;
  };
  provider: Listening & {
    id: string;
    url: string;
    trustedNetworks?: string[];
    postScript?: boolean;
    trustedServers?: string[];
    serviceAccounts?: string[];
    passwordsKeptHours?: number;
    sharedAddresses?: string[];
    unclaimedHours?: number;
  };
  bridge: {
    id: string;
    host: string;
    port: number;
    hostNames: readonly string[];
    readerHost: string;
    readerPort: number;
    converters: readonly ConverterSettings[];
  };
  /** The site's own certificate, as absolute paths. */
  tls: { certificate: string; key: string } | undefined;
  /** Nothing where real devices are configured. */
  simulator:
    | {
        host: string;
        port: number;
        pagesPerMinute: number;
        snmpPort: number;
        habits: string[];
      }
    | undefined;
  /** Days; people are kept until somebody removes them where none are told. */
  retention: { titlesDays: number; peopleDays: number | undefined };
  /** Where people are known beside the server, if anywhere. */
  directory: DirectorySettings | undefined;
  /** Beside loopback, who may use the web services. */
  webServices: { allowedAddresses: string[] };
  logoPath: string | undefined;
  logLevel: "debug" | "info" | "warn" | "error";
};

/** Where a role listens, with and without TLS, and its names there. */
type Listening = {
  host: string;
  port: number;
  tlsPort: number | undefined;
  hostNames: readonly string[];
};

const LOOPBACK = "127.0.0.1";
const SIMULATED = "simulated-mfp";

/**
 * Fills in what a configuration leaves out and checks what refers to what. Throws
 * `ConfigurationError` for a name that nothing has. `path` is the file's, for the logo beside it.
 */
export function settingsOf(configuration: Configuration, path: string | undefined): Settings {
  const server = { host: LOOPBACK, port: 9191, ...configuration.server };
  const provider = { id: "main-provider", host: LOOPBACK, port: 9163, ...configuration.provider };
  const bridge = {
    id: "main-bridge",
    host: LOOPBACK,
    port: 9193,
    hostNames: [],
    readerHost: LOOPBACK,
    readerPort: 7778,
    ...configuration.bridge,
    converters: convertersOf(configuration),
  };
  const simulator =
    configuration.devices === undefined || configuration.simulator !== undefined
      ? {
          host: LOOPBACK,
          port: 6310,
          pagesPerMinute: 60,
          snmpPort: (configuration.simulator?.port ?? 6310) + 1,
          habits: [],
          ...configuration.simulator,
        }
      : undefined;

  const devices = devicesOf(configuration, bridge.id, simulator);
  const deviceIds = new Set(devices.map((device) => device.id));
  const check = (id: string, where: string) => {
    if (!deviceIds.has(id))
      throw new ConfigurationError(
        `${where} names the device "${id}", but "devices" has none of that name.`,
      );
  };
  const terminals = terminalsOf(configuration, bridge.id, devices);
  for (const terminal of terminals)
    for (const id of terminal.devices) check(id, `The terminal "${terminal.id}"`);
  const queues = queuesOf(configuration, provider.id, devices);
  for (const queue of queues) {
    for (const id of queue.devices) check(id, `The queue "${queue.name}"`);
    if (queue.kind !== "virtual" && queue.devices.length !== 1)
      throw new ConfigurationError(
        `The queue "${queue.name}" is ${queue.kind}: it needs exactly one device.`,
      );
  }

  const site = configuration.site ?? {};
  return {
    site: {
      appearance: {
        name: site.name ?? "Guichet",
        ...(site.logo === undefined ? {} : { logo: "/logo" }),
        ...(site.accent === undefined ? {} : { accent: site.accent }),
        languages: site.languages ?? ["en", "fr"],
        currency: site.currency ?? "EUR",
        ...(site.help === undefined ? {} : { help: site.help }),
      },
      policy: {
        idleSeconds: site.idleSeconds ?? 60,
        warningSeconds: site.warningSeconds ?? 20,
        ...(site.maskNames === undefined ? {} : { maskNames: site.maskNames }),
        signIn: signInOf(configuration),
        ...cardNumbersOf(site, "site"),
      },
      prices: {
        version: 1,
        standard: priceRule(configuration.prices ?? { grey: "0.05", colour: "0.20" }),
        devices: Object.fromEntries(
          Object.entries(configuration.devices ?? {}).flatMap(([id, device]) =>
            device.prices ? [[id, priceRule(device.prices)]] : [],
          ),
        ),
      },
      devices,
      terminals,
      queues,
      ...(site.shadow === true ? { shadow: true } : {}),
    },
    server: {
      ...listening(server),
      url: server.url ?? reachedAt(listening(server)),
      localUrl: urlOf(server.host, server.port),
    },
    provider: {
      ...provider,
      ...listening(provider),
      url: provider.url ?? reachedAt(listening(provider)),
    },
    bridge,
    tls: configuration.tls && {
      certificate: resolve(dirname(path ?? "."), configuration.tls.certificate),
      key: resolve(dirname(path ?? "."), configuration.tls.key),
    },
    simulator,
    retention: {
      titlesDays: configuration.retention?.titlesDays ?? 7,
      peopleDays: configuration.retention?.peopleDays,
    },
    directory: directoryOf(configuration.directory, path),
    webServices: { allowedAddresses: configuration.webServices?.allowedAddresses ?? [] },
    logoPath: site.logo === undefined ? undefined : resolve(dirname(path ?? "."), site.logo),
    logLevel: configuration.log ?? "info",
  };
}

function devicesOf(
  configuration: Configuration,
  bridge: string,
  simulator: NonNullable<Settings["simulator"]> | undefined,
): Device[] {
  const real = Object.entries(configuration.devices ?? {}).map(([id, device]) => ({
    id,
    name: device.name ?? id,
    url: device.url,
    bridge,
    ...(device.snmp === undefined ? {} : { snmp: device.snmp }),
  }));
  const simulated = simulator
    ? [
        {
          id: SIMULATED,
          name: "Simulated MFP",
          url: `${simulator.habits.includes("tls") ? "ipps" : "ipp"}://${LOOPBACK}:${simulator.port}/ipp/print`,
          bridge,
          snmp: { port: simulator.snmpPort },
        },
      ]
    : [];
  return [...real, ...simulated];
}

function terminalsOf(configuration: Configuration, bridge: string, devices: Device[]): Terminal[] {
  if (configuration.terminals === undefined)
    return [
      {
        id: "lobby",
        name: "Lobby",
        bridge,
        devices: devices.map((device) => device.id),
        readers: [{ kind: "listen" }],
      },
    ];
  return Object.entries(configuration.terminals).map(([id, terminal]) => ({
    id,
    name: terminal.name ?? id,
    bridge,
    devices: terminal.devices,
    readers: (terminal.readers ?? [{ listen: [] }]).map(readerConnection),
    ...(terminal.screen === false ? { screen: false } : {}),
    ...(terminal.signIn === undefined ? {} : { signIn: terminal.signIn }),
    ...(terminal.maskNames === undefined ? {} : { maskNames: terminal.maskNames }),
    ...cardNumbersOf(terminal, `terminals.${id}`),
  }));
}

function queuesOf(configuration: Configuration, provider: string, devices: Device[]): Queue[] {
  if (configuration.queues === undefined) {
    const first = devices[0]?.id;
    return [
      {
        name: "find-me",
        info: "Held until you tap your badge",
        kind: "virtual",
        provider,
        devices: [],
        holdHours: 48,
      },
      ...(first === undefined
        ? []
        : [
            {
              name: "direct",
              info: "Printed at once",
              kind: "direct" as const,
              provider,
              devices: [first],
              holdHours: 48,
            },
          ]),
    ];
  }
  return Object.entries(configuration.queues).map(([name, queue]) => ({
    name,
    info: queue.info ?? name,
    kind: queue.kind,
    provider,
    devices: queue.devices ?? [],
    holdHours: queue.holdHours ?? 48,
    ...(queue.announce === undefined ? {} : { announce: queue.announce }),
    ...(queue.identity === undefined ? {} : { identity: queue.identity }),
    ...(queue.unclaimed === undefined ? {} : { unclaimed: queue.unclaimed }),
  }));
}

/** The port for TLS is the one after the plain port, as 9192 is after 9191. */
function listening(role: {
  host: string;
  port: number;
  tlsPort?: number | "off";
  hostNames?: string[];
}): Listening {
  const { host, port, tlsPort = port === 0 ? 0 : port + 1, hostNames = [] } = role;
  return { host, port, tlsPort: tlsPort === "off" ? undefined : tlsPort, hostNames };
}

/** Other machines are taken in over TLS only. */
function reachedAt({ host, port, tlsPort, hostNames }: Listening): string {
  const [name = host] = hostNames;
  const isLocal = name === LOOPBACK || name === "::1" || name === "localhost" || isWildcard(name);
  return isLocal || tlsPort === undefined
    ? urlOf(name, port)
    : urlOf(name, tlsPort).replace("http:", "https:");
}
