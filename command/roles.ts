import { hostname } from "node:os";
import type { Settings } from "./configuration/defaults.ts";
import type { Context } from "./context.ts";
import { makeFolder } from "./folders.ts";
import { identityIn } from "./identity.ts";

/** A running role, and where it is reached. */
export type Running = {
  url: string;
  /** Copies the databases, as they are at one moment, into a folder; none where nothing must last. */
  snapshot?: (folder: string) => Promise<void>;
  close: () => Promise<void>;
};

export const ROLES = ["server", "provider", "bridge", "simulator"] as const;
export type Role = (typeof ROLES)[number];

/**
 * Builds a role's real parts and starts it in this process. Each role's code is loaded only here, so
 * that a role pays for itself alone.
 */
export async function startRole(
  role: Role,
  context: Context,
  enrolCode: string | undefined,
): Promise<Running> {
  const { settings, folders } = context;
  const log = context.logger(role);
  const dataDir = folders[role];
  makeFolder(dataDir);
  const pairFor = async (named: { host: string; hostNames: readonly string[] }) => {
    const { openCertificate } = await import("../link/certificate.ts");
    const names = [named.host, ...named.hostNames];
    return openCertificate({ folder: dataDir, files: settings.tls, names, now: Date.now() });
  };
  const tlsOf = async ({ tlsPort: port, ...named }: Settings["server" | "provider"]) =>
    port === undefined ? {} : { tls: { port, pair: await pairFor(named) } };
  switch (role) {
    case "server": {
      const { startServer } = await import("../server/start-server.ts");
      const { firstPeople } = await import("./first-people.ts");
      return startServer({
        ...pick(settings.server),
        ...(await tlsOf(settings.server)),
        hostNames: settings.server.hostNames,
        dataDir,
        site: settings.site,
        people: settings.simulator ? firstPeople : [],
        webServiceAddresses: settings.webServices.allowedAddresses,
        ...(settings.retention.peopleDays === undefined
          ? {}
          : { forgetPeopleAfterDays: settings.retention.peopleDays }),
        ...(settings.directory === undefined ? {} : { directory: settings.directory }),
        log,
      });
    }
    case "provider": {
      const { startProvider } = await import("../print-provider/start-provider.ts");
      const { announcedHost } = await import("../print-provider/announce/queue-services.ts");
      const { id, url, postScript } = settings.provider;
      const { trustedNetworks, trustedServers, serviceAccounts, sharedAddresses } =
        settings.provider;
      const { passwordsKeptHours, unclaimedHours } = settings.provider;
      // A certificate that an announced name is not in would be refused (PWG 5100.14 §4.2).
      const announced = settings.site.queues.flatMap(({ name, announce }) =>
        announce === true ? [`${announcedHost(hostname(), name, "ipps")}.local`] : [],
      );
      const hostNames = [...settings.provider.hostNames, ...announced];
      const identity = await identityIn({
        folder: dataDir,
        role,
        serverUrl: settings.server.url,
        code: enrolCode,
        url,
      });
      return startProvider({
        id,
        ...pick(settings.provider),
        ...(await tlsOf({ ...settings.provider, hostNames })),
        hostNames,
        ...(postScript === undefined ? {} : { postScript }),
        trust: {
          ...(trustedNetworks ? { networks: trustedNetworks } : {}),
          ...(trustedServers ? { servers: trustedServers } : {}),
          ...(serviceAccounts ? { accounts: serviceAccounts } : {}),
          ...(sharedAddresses ? { shared: sharedAddresses } : {}),
        },
        limits: {
          titleDays: settings.retention.titlesDays,
          ...(passwordsKeptHours === undefined ? {} : { passwordsKeptHours }),
          ...(unclaimedHours === undefined ? {} : { unclaimedHours }),
        },
        dataDir,
        serverUrl: settings.server.url,
        identity,
        log,
      });
    }
    case "bridge": {
      const { startBridge } = await import("../device-bridge/start-bridge.ts");
      const { id, readerHost, readerPort, converters } = settings.bridge;
      const identity = await identityIn({
        folder: dataDir,
        role,
        serverUrl: settings.server.url,
        code: enrolCode,
      });
      return startBridge({
        id,
        ...pick(settings.bridge),
        tls: await pairFor(settings.bridge),
        hostNames: settings.bridge.hostNames,
        readerHost,
        readerPort,
        converters,
        dataDir,
        serverUrl: settings.server.url,
        identity,
        kioskDir: context.kioskDir,
        ...(settings.logoPath === undefined ? {} : { logoPath: settings.logoPath }),
        log,
      });
    }
    case "simulator": {
      const { startSimulator } = await import("../simulator/start-simulator.ts");
      const { habitsNamed } = await import("./simulator-habits.ts");
      const { habits = [], ...simulator } = settings.simulator ?? {
        host: "127.0.0.1",
        port: 6310,
        pagesPerMinute: 60,
        snmpPort: 6311,
      };
      const name = "Simulated MFP";
      return startSimulator({ ...simulator, habits: habitsNamed(habits), dataDir, name, log });
    }
  }
}

const pick = ({ host, port }: { host: string; port: number }) => ({ host, port });
