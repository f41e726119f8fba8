import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Logger, pino } from "pino";
import { makeCertificate } from "../ipp/client/self-signed-certificate.ts";
import type { FaultName } from "./printer/fault-catalogue.ts";
import { behaves, type HabitName } from "./printer/habits.ts";
import type { PageCounter, PrintedSide } from "./printer/printed-side.ts";
import type { PrinterConfig, PrinterState } from "./printer/printer-state.ts";
import { readFault } from "./printer/read-fault.ts";
import { switchOn } from "./printer/switch-on.ts";
import { readDocument } from "./render/read-document.ts";
import { type Clock, realClock } from "./server/clock.ts";
import { createControlEndpoint } from "./server/control-endpoint.ts";
import { listen } from "./server/device-server.ts";
import { type DocumentStore, openDocumentStore } from "./server/document-store.ts";
import { createDoor, type Password } from "./server/door.ts";
import { durableTray } from "./server/durable-tray.ts";
import { createIppEndpoint } from "./server/ipp-endpoint.ts";
import { readPageFiles } from "./server/page-files.ts";
import { type PaperTray, trayInMemory } from "./server/paper-tray.ts";
import { hostPrinter, type PrinterHost } from "./server/printer-host.ts";
import { startSnmpAgent } from "./server/snmp-agent.ts";

export interface SimulatorOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Where the paper and the counter last; without it they are gone with the program. */
  readonly dataDir?: string;
  readonly name?: string;
  /** How fast the engine is; 0 means at once. 30 unless given. */
  readonly pagesPerMinute?: number;
  /** What the device is like by nature: see `printer/habits.ts`. */
  readonly habits?: readonly HabitName[];
  /** Where it answers SNMP (UDP); nowhere if left out. */
  readonly snmpPort?: number;
  /** What the habits `asks-password` and `asks-digest` ask for. */
  readonly password?: Password;
  /** Milliseconds of silence after which the habit `sleeps` sleeps, and that it needs to wake. */
  readonly sleepAfterMs?: number;
  readonly wakeMs?: number;
  /** The finer points of the device: see `PrinterConfig`. */
  readonly device?: Partial<
    Omit<PrinterConfig, "uuid" | "seed" | "name" | "pagesPerMinute" | "habits">
  >;
  /** The largest document, decompressed, in bytes. */
  readonly documentBytesMax?: number;
  readonly log?: Logger;
  readonly clock?: Clock;
}

/** The name and password that a simulated device asks for, where it asks. */
export const simulatedPassword: Password = { user: "guichet", password: "let me print" };

/** A virtual MFP that runs: its address, and hands to use it with. */
export interface Simulator {
  /** `http://host:port`, without a path: the page, the paper and the faults. */
  readonly url: string;
  readonly printerUri: string;
  readonly port: number;
  paper(): readonly PrintedSide[];
  counter(): PageCounter;
  state(): PrinterState;
  takePaper(): void;
  /** Throws an Error with a sentence when the settings do not fit. */
  setFault(name: FaultName, settings?: unknown): void;
  clearFault(name: FaultName): void;
  close(): Promise<void>;
}

/**
 * Starts a virtual MFP. Rejects, with a sentence for people, when the port is taken or the folder
 * cannot be used.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const log = options.log ?? pino({ level: "silent" });
  const clock = options.clock ?? realClock();
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), "guichet-simulator-")));
  const tray =
    options.dataDir === undefined ? trayInMemory(randomUUID()) : durableTray(folder, randomUUID());
  const documents = await openDocumentStore({
    folder: join(folder, "documents"),
    bytesMax: options.documentBytesMax ?? 4 * 1024 ** 3,
  });
  let drop = () => {};
  const host = hostPrinter({
    initial: switchOn({
      config: configOf(options, tray.uuid),
      now: clock.now(),
      counter: tray.counter(),
      sidesInTray: tray.sides().length,
    }),
    clock,
    tray,
    onRead: (document) => void interpret({ document, documents, log, host: () => host }),
    onDrop: () => drop(),
  });
  const page = await readPageFiles(fileURLToPath(new URL("./page/", import.meta.url)));
  const { password = simulatedPassword, sleepAfterMs = 20_000, wakeMs = 2_000 } = options;
  const door = createDoor({ host, password, sleepAfterMs, wakeMs });
  const endpoint = createIppEndpoint({ host, documents, door, log });
  const certificates = {
    first: makeCertificate(options.host),
    other: makeCertificate(options.host),
  };
  const server = await listen({
    host: options.host,
    port: options.port,
    device: endpoint.serve,
    control: createControlEndpoint({ host, tray, page }),
    certificate: () =>
      host.state().faults["another-key"] === undefined ? certificates.first : certificates.other,
    continueAfterMs() {
      if (behaves(host.state(), "no-continue")) return Number.POSITIVE_INFINITY;
      return behaves(host.state(), "late-continue") ? 3_000 : 0;
    },
  });
  drop = server.dropConnections;
  const agent =
    options.snmpPort === undefined || behaves(host.state(), "no-snmp")
      ? undefined
      : startSnmpAgent({
          host,
          address: options.host,
          port: options.snmpPort,
          onTrouble: (error) => log.warn({ event: "snmp", err: error }, "no answer over SNMP"),
        });
  const scheme = behaves(host.state(), "tls") ? "ipps" : "ipp";
  const authority = `${options.host.includes(":") ? `[${options.host}]` : options.host}:${server.port}`;
  log.info({ event: "simulator-started", url: `http://${authority}/` }, "the simulator is there");
  return {
    url: `http://${authority}`,
    printerUri: `${scheme}://${authority}/ipp/print`,
    port: server.port,
    ...hands(host, tray),
    async close() {
      agent?.close();
      await server.close();
      host.close();
      await documents.close();
      tray.close();
      if (options.dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function hands(host: PrinterHost, tray: PaperTray) {
  return {
    paper: () => tray.sides(),
    counter: () => tray.counter(),
    state: () => host.state(),
    takePaper: () => host.tell({ kind: "paper-taken" }),
    setFault(name: FaultName, settings?: unknown) {
      const read = readFault(name, settings);
      if (read.kind !== "fault") throw new Error(read.sentence);
      host.tell({ kind: "fault-set", fault: read.fault });
    },
    clearFault: (name: FaultName) => host.tell({ kind: "fault-cleared", name }),
  };
}

/** Reads a document's pages, off the way of the requests, and tells the device what it found. */
async function interpret(options: {
  readonly document: { readonly boot: number; readonly jobId: number };
  readonly documents: DocumentStore;
  readonly log: Logger;
  readonly host: () => PrinterHost;
}): Promise<void> {
  const { document, documents, log, host } = options;
  const read = await readDocument(documents.pathOf(document)).catch((error: unknown) => {
    log.error({ event: "document-failed", ...document, err: error }, "a document was lost");
    const reason = "aborted-by-system";
    return { kind: "unreadable", reason, sentence: "The document could not be read." } as const;
  });
  await documents.discard(document);
  if (read.kind === "pages") {
    host().tell({ kind: "document-read", ...document, pages: read.pages });
    return;
  }
  log.warn({ event: "document-unreadable", ...document, reason: read.reason }, read.sentence);
  host().tell({ kind: "document-unreadable", ...document, reason: read.reason });
}

function configOf(options: SimulatorOptions, uuid: string): PrinterConfig {
  const { pagesPerMinute = 30, name = "Simulated MFP", device } = options;
  return {
    name,
    location: "On this machine",
    uuid,
    seed: randomBytes(8).toString("hex").slice(0, 15),
    pagesPerMinute,
    // An engine that is fast as no real one is means to save a test's time.
    warmUpMs: pagesPerMinute === 0 || pagesPerMinute > 200 ? 0 : 2000,
    warmForMs: 60_000,
    pathSides: 2,
    historyMs: 60_000,
    documentWaitMs: 120_000,
    trayCapacity: 100_000,
    habits: options.habits ?? [],
    ...device,
  };
}
