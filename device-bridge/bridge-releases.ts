import { ruleFor } from "../pricing/price.ts";
import { JournalReply } from "../protocol/bridge-server.ts";
import { DeviceStatesReply } from "../protocol/device-states.ts";
import { DeviceReportReply } from "../protocol/handling.ts";
import type { Database } from "../storage/open-database.ts";
import { transaction } from "../storage/transaction.ts";
import type { BridgeMetrics } from "./bridge-metrics.ts";
import { type BridgeSurroundings, sentenceOf } from "./bridge-options.ts";
import type { BridgeState } from "./bridge-state.ts";
import type { Converter } from "./convert/converter.ts";
import { countBySnmp } from "./devices/count-by-snmp.ts";
import { reportStates } from "./devices/report-states.ts";
import { createReservedDevices, type ReservedDevices } from "./devices/reserved-devices.ts";
import { type AbilityWatch, watchAbilities } from "./devices/watch-abilities.ts";
import { type DeviceWatch, watchDevices } from "./devices/watch-devices.ts";
import { type Delivery, deliverOutbox } from "./journal/deliver-outbox.ts";
import { type Journal, openJournal } from "./journal/journal.ts";
import { createOutbox, type Outbox } from "./journal/outbox.ts";
import { type MeterWatch, watchMeters } from "./meters/watch-meters.ts";
import { createEngine, type Engine } from "./release/engine.ts";
import { createExecutor } from "./release/execute.ts";
import { holdsDevice, type Release } from "./release/release.ts";
import type { Outside } from "./site/outside.ts";
import { wait } from "./site/wait.ts";

export interface BridgeReleases {
  readonly engine: Engine;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  readonly devices: DeviceWatch;
  readonly abilities: AbilityWatch;
  readonly meters: MeterWatch;
  /** Does something at a device while no release is there, and none begins. */
  readonly alone: ReservedDevices["alone"];
  /** The server answers again: it is told at once what waits for it. */
  serverIsBack(): void;
  /** Facts that the server has not acknowledged. */
  waiting(): number;
  /** Jobs that a release is under way for. */
  jobsUnderWay(): ReadonlySet<string>;
  close(): Promise<void>;
}

export interface BridgeReleasesOptions extends BridgeSurroundings {
  readonly db: Database;
  readonly outside: Outside;
  readonly state: BridgeState;
  readonly metrics: BridgeMetrics;
  /** Whether somebody is at a terminal of this device. */
  readonly isAttended: (device: string) => boolean;
  readonly onRelease: (release: Release) => void;
  readonly conversion: { readonly converters: readonly Converter[]; readonly folder: string };
  /** The server has taken facts: balances have changed. */
  readonly onDelivered: () => void;
}

const monthMs = 30 * 24 * 3_600_000;

/** The releases of a bridge with all that carries them out: journal, outbox, engine and devices. */
export function createBridgeReleases(options: BridgeReleasesOptions): BridgeReleases {
  const { db, outside, state, metrics, log, now, random, onRelease } = options;
  const journal = openJournal({ db, now });
  journal.forgetBefore(now() - monthMs);
  const outbox = createOutbox({ db, now });

  const delivery = deliverOutbox({
    outbox,
    send: (batch, signal) =>
      outside.server.post("/api/bridge/journal", batch, JournalReply, { signal }),
    random,
    wait,
    onDelivered: options.onDelivered,
    onTrouble: (error) => {
      const why = sentenceOf(error);
      log.warn({ event: "outbox-waits", waiting: outbox.waiting(), why }, "the outbox waits");
    },
  });

  const reserved = createReservedDevices({
    isBusy: (device) =>
      engine.open().some((release) => release.device === device && holdsDevice(release.phase)),
    onFree: (device) => engine.resume(device),
    wait,
  });
  const uuids = new Map<string, string>();
  /** What a probe found of the very device that is there now. */
  const profileOf = (device: string) => {
    const profile = state.own()?.knowledge.get(device)?.profile;
    const uuid = uuids.get(device);
    const another = profile?.uuid !== undefined && uuid !== undefined && profile.uuid !== uuid;
    return another ? undefined : profile;
  };
  const gradeOf = (device: string) => {
    const profile = profileOf(device);
    const declared = state.own()?.devices.find(({ id }) => id === device);
    if (profile === undefined || declared === undefined) return undefined;
    return { profile, snmpCount: () => countBySnmp(declared) };
  };

  const executor = createExecutor({
    ...outside,
    apply: (releaseId, event) => engine.apply(releaseId, event),
    onDeviceSeen: (device, printer) => devices.seen(device, printer),
    abilities: (device) => abilities.of(device),
    onLeftOut: (device) => abilities.doubt(device),
    conversion: options.conversion,
    grade: gradeOf,
    onTrouble: ({ releaseId, asked, error }) =>
      log.warn({ event: "release-trouble", releaseId, asked, why: sentenceOf(error) }, asked),
  });

  const engine = createEngine({
    journal,
    execute: executor.execute,
    prices(device) {
      const { prices } = state.known().site;
      return { version: prices.version, rule: ruleFor(prices, device) };
    },
    profile: profileOf,
    isTaken: reserved.isTaken,
    isGreyOnly: (device) => abilities.of(device)?.colour === false,
    now,
    random,
    log,
    onChange(release, facts) {
      if (facts > 0) {
        metrics.ended(release);
        delivery.wake();
      }
      meters.stirred(release.device);
      onRelease(release);
    },
  });

  const isEngaged = (device: string) =>
    engine.open().some((release) => release.device === device && holdsDevice(release.phase));
  const meters = watchMeters({
    client: outside.device,
    grade: gradeOf,
    isEngaged,
    store(reading) {
      transaction(db, () => outbox.append([reading]));
      delivery.wake();
    },
    now,
    after(ms, task) {
      const timer = setTimeout(task, ms).unref();
      return () => clearTimeout(timer);
    },
  });

  const showAgain = (device: string) => {
    for (const terminal of state.terminals())
      if (terminal.devices.includes(device)) state.changed(terminal.id);
  };
  const abilities = watchAbilities({
    client: outside.device,
    async report(report, signal) {
      await outside.server.post("/api/bridge/devices", report, DeviceReportReply, { signal });
    },
    onChange: showAgain,
  });

  const devices = watchDevices({
    client: outside.device,
    isUrgent: (device) => options.isAttended(device) || isEngaged(device),
    random,
    onChange(device) {
      states.changed();
      log.info({ event: "device", device, ...devices.condition(device) }, "a device changed");
      showAgain(device);
    },
    onSeen(device, printer) {
      if (printer.uuid !== undefined) uuids.set(device, printer.uuid);
      abilities.seen(device, printer);
    },
  });

  const states = reportStates({
    states: () =>
      (state.own()?.devices ?? []).map(({ id }) => {
        const { state: how, problems } = devices.condition(id);
        return { device: id, state: how, problems: [...problems] };
      }),
    async report(report, signal) {
      await outside.server.post("/api/bridge/device-states", report, DeviceStatesReply, { signal });
    },
  });

  return {
    engine,
    journal,
    outbox,
    delivery,
    devices,
    abilities,
    meters,
    alone: reserved.alone,
    serverIsBack() {
      delivery.wake();
      states.changed();
    },
    waiting: () => outbox.waiting(),
    jobsUnderWay: () => new Set(engine.open().map(({ jobId }) => jobId)),
    async close() {
      executor.close();
      devices.close();
      states.close();
      abilities.close();
      meters.close();
      await delivery.close();
    },
  };
}
