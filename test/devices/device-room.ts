import { Readable } from "node:stream";
import { readSnmpCounter } from "../../device-bridge/devices/read-snmp.ts";
import { openJournal } from "../../device-bridge/journal/journal.ts";
import { createOutbox } from "../../device-bridge/journal/outbox.ts";
import { journalMigrations } from "../../device-bridge/journal/schema.ts";
import { probeDevice } from "../../device-bridge/probe/probe-device.ts";
import { testFormats, testPages } from "../../device-bridge/probe/test-pages.ts";
import { createEngine } from "../../device-bridge/release/engine.ts";
import { createExecutor } from "../../device-bridge/release/execute.ts";
import type { Release } from "../../device-bridge/release/release.ts";
import { jobNameOf } from "../../device-bridge/release/requests.ts";
import { createIppClient } from "../../ipp/client/client.ts";
import { readDeviceKey } from "../../ipp/client/device-key.ts";
import type { Link } from "../../link/client.ts";
import { priceOfFirst, priceOfSplit } from "../../pricing/price.ts";
import type { JournalFact } from "../../protocol/bridge-server.ts";
import type { DeviceProfile } from "../../protocol/device-profile.ts";
import type { Particulars } from "../../protocol/particulars.ts";
import type { HabitName } from "../../simulator/printer/habits.ts";
import { simulatedPassword, startSimulator } from "../../simulator/start-simulator.ts";
import { openDatabase } from "../../storage/open-database.ts";
import { freeUdpPort } from "./free-udp-port.ts";

/** One release to make, and what goes wrong meanwhile. */
export interface Plan {
  readonly index: number;
  readonly colours: readonly ("grey" | "red")[];
  readonly copies: number;
  readonly twoSided: boolean;
  readonly ranges: readonly (readonly number[])[] | undefined;
  readonly trouble:
    | { readonly kind: "jam" | "power-cut"; readonly page: number }
    | { readonly kind: "cancel" }
    | undefined;
}

export interface Ended {
  readonly kind: "settled" | "review" | "uncertain" | "void";
  /** Sides that lie in the tray, and those that were settled, or certain. */
  readonly paper: number;
  readonly impressions: number;
  readonly charged: number;
  /** What so many sides cost by the document, and by the colours that lie in the tray. */
  readonly due: number;
  readonly dueByColour: number;
  readonly evidence: string | undefined;
}

/** A simulated device with its probe's profile, and the part of a bridge that releases to it. */
export interface DeviceRoom {
  readonly profile: DeviceProfile;
  release(plan: Plan, releaseId: string): Promise<Ended>;
  close(): Promise<void>;
}

const patienceMs = 60_000;
const rule = { grey: 500, colour: 2_000, twoSidedSheetDiscount: 100 };
const account = "dddddddd-0000-4000-8000-000000000001";

export async function createDeviceRoom(options: {
  readonly habits: readonly HabitName[];
}): Promise<DeviceRoom> {
  const snmpPort = await freeUdpPort();
  const simulator = await startSimulator({
    host: "127.0.0.1",
    port: 0,
    snmpPort,
    habits: options.habits,
    pagesPerMinute: 300,
    sleepAfterMs: 15_000,
    wakeMs: 700,
  });
  const uri = simulator.printerUri;
  const shown = await readDeviceKey({ uri, timeout: 5_000 });
  const trust = shown === undefined ? "authorities" : { publicKey256: shown.publicKey256 };
  const profile = await probeDevice({
    uri,
    trust,
    credentials: simulatedPassword,
    snmp: { port: snmpPort },
    print: true,
    now: Date.now,
    signal: AbortSignal.timeout(60_000),
  });
  const client = createIppClient({ uri, trust, credentials: simulatedPassword });
  const jobs = new Map<string, { readonly particulars: Particulars; readonly bytes: Buffer }>();
  const { executor, engine, facts, ended } = bridge();

  function bridge() {
    const db = openDatabase({ path: ":memory:", migrations: journalMigrations });
    const now = Date.now;
    const waiting = new Map<string, (release: Release) => void>();
    const links = createLinks(jobs);
    const made = createExecutor({
      ...links,
      device: () => client,
      grade: () => ({
        profile,
        snmpCount: async () => {
          const at = { host: "127.0.0.1", port: snmpPort, community: "public" };
          return (await readSnmpCounter(at, 1_000))?.count;
        },
      }),
      apply: (releaseId, event) => releases.apply(releaseId, event),
      onDeviceSeen: () => undefined,
      onTrouble: () => undefined,
    });
    const releases = createEngine({
      journal: openJournal({ db, now }),
      execute: made.execute,
      prices: () => ({ version: 1, rule }),
      profile: () => profile,
      now,
      random: () => 0,
      log: { info: () => undefined },
      onChange(release) {
        const { kind } = release.phase;
        if (kind === "closed" || kind === "undecided") waiting.get(release.releaseId)?.(release);
      },
    });
    const outbox = createOutbox({ db, now });
    return {
      executor: made,
      engine: releases,
      facts: (): JournalFact[] =>
        (outbox.oldest(200)?.entries ?? []).flatMap(({ fact }) =>
          fact.kind === "reading" ? [] : [fact],
        ),
      ended: (releaseId: string) =>
        new Promise<Release>((resolve) => waiting.set(releaseId, resolve)),
    };
  }

  /** Tells where a release stands that never ends. */
  async function tooLong(releaseId: string): Promise<never> {
    await new Promise((resolve) => setTimeout(resolve, patienceMs).unref());
    const stands = JSON.stringify(engine.find(releaseId)?.phase);
    throw new Error(`The release never ended: ${stands} ${JSON.stringify(simulator.state())}`);
  }

  return {
    profile,
    async release(plan, releaseId) {
      const particulars = particularsOf(plan, profile);
      const format = testFormats.find((known) => known === particulars.documentFormat);
      if (format === undefined) throw new Error("No format.");
      jobs.set(releaseId, { particulars, bytes: testPages(format, plan.colours) });
      const { trouble } = plan;
      if (trouble?.kind === "jam")
        simulator.setFault("jam", { page: trouble.page, outcome: "abort" });
      if (trouble?.kind === "power-cut")
        simulator.setFault("power-cut", { page: trouble.page, seconds: 1 });
      const over = ended(releaseId);
      engine.intend(releaseId, [newRelease(releaseId)]);
      if (trouble?.kind === "cancel")
        setTimeout(() => engine.apply(releaseId, { kind: "cancel-wanted" }), 400);
      await Promise.race([over, tooLong(releaseId)]);
      simulator.clearFault("jam");
      simulator.clearFault("power-cut");
      const fact = facts().find((one) => one.releaseId === releaseId);
      const sides = simulator.paper().filter(({ jobName }) => jobName === jobNameOf(releaseId));
      const paper = sides.length;
      const colour = sides.filter((side) => side.colour === "colour").length;
      const split = { colour, grey: paper - colour };
      const due = paper === 0 ? 0 : priceOfFirst({ particulars, rule, impressions: paper });
      const settled = fact?.kind === "settle" ? fact : undefined;
      const uncertain = fact?.kind === "uncertain" ? fact : undefined;
      const review = settled?.review === undefined ? "settled" : "review";
      return {
        kind: settled !== undefined ? review : uncertain !== undefined ? "uncertain" : "void",
        paper,
        impressions: settled?.impressions ?? uncertain?.atLeast ?? 0,
        charged: settled?.legs.reduce((sum, { amount }) => sum + amount, 0) ?? 0,
        due,
        dueByColour: priceOfSplit({ particulars, rule, split }),
        evidence: settled?.evidence ?? uncertain?.why,
      };
    },
    async close() {
      executor.close();
      client.close();
      await simulator.close();
    },
  };
}

function particularsOf(plan: Plan, profile: DeviceProfile): Particulars {
  const format = testFormats.find((known) => profile.formats.includes(known));
  const ranges = plan.ranges?.map(([from = 1, to = 1]): [number, number] => [from, to]);
  return {
    pageRuns: plan.colours.map((colour) => [1, colour === "red" ? "colour" : "grey"]),
    copies: plan.copies,
    sides: plan.twoSided ? "two-sided-long-edge" : "one-sided",
    colourMode: "colour",
    ...(ranges === undefined ? {} : { pageRanges: ranges }),
    documentFormat: format ?? "application/pdf",
    sizeBytes: 1,
  };
}

function newRelease(releaseId: string): Release {
  return {
    version: 1,
    releaseId,
    jobId: releaseId,
    provider: "main",
    device: "device",
    owner: "alice",
    personId: "cccccccc-0000-4000-8000-000000000001",
    accounts: [{ account, unit: "money", available: 1_000_000 }],
    askedAt: Date.now(),
    cancelWanted: false,
    phase: { kind: "waiting" },
  };
}

/** A provider and a server that always do as they are asked. */
function createLinks(jobs: ReadonlyMap<string, { particulars: Particulars; bytes: Buffer }>) {
  const answer = (path: string, body: unknown): unknown => {
    const { releaseId = "" } = body as { releaseId?: string };
    const job = jobs.get(releaseId);
    switch (path) {
      case "/api/claims":
        return { kind: "claimed", fence: 1, title: "Letter", particulars: job?.particulars };
      case "/api/bridge/reserve":
        return { kind: "reserved" };
      default:
        return {};
    }
  };
  const link: Link = {
    post: async (path, body) => await Promise.resolve(answer(path, body) as never),
    get: () => Promise.reject(new Error("Nothing is got here.")),
    stream(path) {
      const bytes = jobs.get(path.split("/")[3] ?? "")?.bytes ?? Buffer.alloc(0);
      return Promise.resolve({ length: bytes.length, body: Readable.from([bytes]) });
    },
    close: () => undefined,
  };
  return { server: link, provider: () => link };
}
