import { networkInterfaces } from "node:os";
import type { CiaoService, Responder } from "@homebridge/ciao";
import type { Logger } from "pino";
import { formatsTaken } from "../formats.ts";
import { printerUuid } from "../printer/printer-uuid.ts";
import type { Ports } from "../printer/reached.ts";
import type { ProviderContext } from "../provider-context.ts";
import { abilitiesOf } from "../ticket/queue-abilities.ts";
import { type QueueService, queueServices } from "./queue-services.ts";

export interface AnnounceOptions {
  readonly context: ProviderContext;
  readonly ports: Ports;
  /** The machine's name. */
  readonly hostName: string;
  /** What the provider listens on: only there it is announced. */
  readonly listensOn: string;
}

export interface Announcer {
  /** Brings what is announced in line with the site. Never throws. */
  follow(): void;
  /** Says good-bye, so that no client tries a queue that is gone. */
  close(): Promise<void>;
}

interface Announced {
  readonly sign: string;
  readonly service: CiaoService;
}

const everywhere: ReadonlySet<string> = new Set(["0.0.0.0", "::", ""]);

/**
 * Announces the queues that ask for it on the local network, by multicast DNS (RFC 6762). Its library
 * is loaded, and its port taken, only where a queue does.
 */
export function announceQueues(options: AnnounceOptions): Announcer {
  const { context, listensOn } = options;
  const { log } = context;
  const announced = new Map<string, Announced>();
  let responder: Responder | undefined;
  let work: Promise<void> = Promise.resolve();
  let warned = false;

  async function bring(wanted: ReadonlyMap<string, QueueService>): Promise<void> {
    for (const [key, { sign, service }] of announced) {
      const next = wanted.get(key);
      if (next !== undefined && JSON.stringify(next) === sign) continue;
      announced.delete(key);
      await service.end();
      service.destroy();
    }
    for (const [key, it] of wanted) {
      if (announced.has(key)) continue;
      responder ??= await startResponder(listensOn);
      const service = serviceOf(responder, it);
      announced.set(key, { sign: JSON.stringify(it), service });
      await service.advertise();
      log.info({ event: "queue-announced", name: it.name, type: it.type, port: it.port });
    }
  }

  return {
    follow() {
      const wanted = servicesOf(options);
      if (isLoopback(listensOn)) {
        if (wanted.size > 0 && !warned) warnOfLoopback(log);
        warned ||= wanted.size > 0;
        return;
      }
      work = work
        .then(() => bring(wanted))
        .catch((error: unknown) =>
          log.error({ event: "announce-failed", err: error }, "queues could not be announced"),
        );
    },
    async close() {
      await work;
      await responder?.shutdown();
    },
  };
}

/** By queue and type, so that a change of one leaves the others alone. */
function servicesOf({ context, ports, hostName }: AnnounceOptions): Map<string, QueueService> {
  const site = context.site();
  return new Map(
    site.queues
      .filter(({ announce }) => announce === true)
      .flatMap((queue) =>
        queueServices({
          queue,
          organisation: site.organisation,
          uuid: printerUuid(context.self.uuid, queue.name),
          abilities: abilitiesOf(site, queue.name),
          formats: formatsTaken(context.postScript !== undefined),
          ports,
          hostName,
        }).map((service): [string, QueueService] => [`${queue.name} ${service.type}`, service]),
      ),
  );
}

async function startResponder(listensOn: string): Promise<Responder> {
  const { getResponder } = await import("@homebridge/ciao");
  return getResponder({
    interface: everywhere.has(listensOn) ? outwardInterfaces() : [listensOn],
    // A provider on IPv4 addresses only has nothing to answer with over IPv6.
    disableIpv6: !listensOn.includes(":"),
  });
}

/** Left to itself the library takes those with a neighbour in the ARP table only. */
function outwardInterfaces(): string[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses.some(({ internal }) => !internal) ? [name] : [],
  );
}

function serviceOf(responder: Responder, it: QueueService): CiaoService {
  const { name, type, subtypes, port, txt, host: hostname } = it;
  return responder.createService({ name, type, subtypes: [...subtypes], port, txt, hostname });
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function warnOfLoopback(log: Logger): void {
  log.warn(
    { event: "not-announced" },
    "A queue is to be announced, but the print provider listens on this machine only: set provider.host.",
  );
}
