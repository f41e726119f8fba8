import type { Queue } from "../../protocol/site.ts";
import { dnsSdName } from "../printer/description-attributes.ts";
import { printerUris } from "../printer/printer-uris.ts";
import { urfKeywords } from "../printer/raster-attributes.ts";
import type { Ports } from "../printer/reached.ts";
import type { QueueAbilities } from "../ticket/queue-abilities.ts";

/** One service of DNS-SD (RFC 6763): what is announced of a queue, for one way to reach it. */
export interface QueueService {
  /** As people see it in a list of printers. */
  readonly name: string;
  readonly type: "ipp" | "ipps";
  readonly subtypes: readonly string[];
  readonly port: number;
  /** The host's name without `.local`. */
  readonly host: string;
  readonly txt: Readonly<Record<string, string>>;
}

export interface QueueAnnounced {
  readonly queue: Queue;
  readonly organisation: string;
  /** Without `urn:uuid:`. */
  readonly uuid: string;
  readonly abilities: QueueAbilities;
  /** Media types of documents that are taken. */
  readonly formats: readonly string[];
  readonly ports: Ports;
  /** The machine's name. */
  readonly hostName: string;
}

/**
 * The host name under which a queue is announced, without `.local`. Each service has one of its own: the
 * library that announces it insists on that, and the machine's own name may be another program's.
 */
export function announcedHost(hostName: string, queue: string, type: "ipp" | "ipps"): string {
  const [first = ""] = hostName.toLowerCase().split(".", 1);
  const machine = first.replace(/[^a-z0-9-]/g, "-").slice(0, 20) || "guichet";
  return `${machine}-${queue.slice(0, 36)}${type === "ipps" ? "-tls" : ""}`;
}

/**
 * The services of a queue: `_ipp._tcp`, and `_ipps._tcp` where there is TLS. Without `_universal` iOS
 * does not list it; without `_print` IPP Everywhere clients do not (PWG 5100.14 §4.2).
 */
export function queueServices(it: QueueAnnounced): QueueService[] {
  const { queue, organisation, ports } = it;
  const name = dnsSdName(queue, organisation);
  const service = (type: "ipp" | "ipps", port: number): QueueService => ({
    name,
    type,
    subtypes: ["print", "universal"],
    port,
    host: announcedHost(it.hostName, queue.name, type),
    txt: txtOf(it, { type, port }),
  });
  return [
    service("ipp", ports.plain),
    ...(ports.tls === undefined ? [] : [service("ipps", ports.tls)]),
  ];
}

/** Keys of the Bonjour printing specification and of PWG 5100.14 §4.2.3; each below 255 bytes. */
function txtOf(
  { queue, uuid, abilities, formats, ports, hostName }: QueueAnnounced,
  { type, port }: Pick<QueueService, "type" | "port">,
): Record<string, string> {
  const authority = `${announcedHost(hostName, queue.name, type)}.local:${port}`;
  const { moreInfo } = printerUris({ authority, secure: type === "ipps" }, queue.name);
  return {
    txtvers: "1",
    qtotal: "1",
    rp: `printers/${queue.name}`,
    ty: "Guichet Print Provider",
    // The same as `printer-more-info` for a client that comes by this host.
    adminurl: moreInfo,
    note: "",
    priority: "50",
    pdl: formats.join(","),
    UUID: uuid,
    ...(ports.tls === undefined ? {} : { TLS: "1.2" }),
    air: "none",
    kind: "document",
    Color: "T",
    Duplex: abilities.sides.length > 1 ? "T" : "F",
    Copies: "T",
    Collate: "T",
    PaperMax: paperMax(abilities),
    URF: urfKeywords.join(","),
    "mopria-certified": "1.3",
  };
}

/** The class of the largest paper, by its shorter side: 297 mm is A3, 216 mm is Legal or A4. */
function paperMax({ sizes }: QueueAbilities): string {
  const widest = Math.max(...sizes.map(({ width, height }) => Math.min(width, height)));
  return widest >= 29_700 ? "tabloid-A3" : widest >= 21_000 ? "legal-A4" : "<legal-A4";
}
