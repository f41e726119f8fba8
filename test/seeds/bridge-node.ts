import { deliverOutbox } from "../../device-bridge/journal/deliver-outbox.ts";
import { openJournal } from "../../device-bridge/journal/journal.ts";
import { createOutbox } from "../../device-bridge/journal/outbox.ts";
import { journalMigrations } from "../../device-bridge/journal/schema.ts";
import { watchMeters } from "../../device-bridge/meters/watch-meters.ts";
import { createEngine, type Engine } from "../../device-bridge/release/engine.ts";
import { createExecutor } from "../../device-bridge/release/execute.ts";
import { holdsDevice, type Release } from "../../device-bridge/release/release.ts";
import type { ReleaseEffect } from "../../device-bridge/release/release-effect.ts";
import { ruleFor } from "../../pricing/price.ts";
import { type Decision, JournalReply } from "../../protocol/bridge-server.ts";
import type { Prices } from "../../protocol/site.ts";
import { openDatabase } from "../../storage/open-database.ts";
import type { Bug } from "./bug.ts";
import { createDeviceClient } from "./device-client.ts";
import type { DeviceNode } from "./device-node.ts";
import { dyingJournal } from "./dying-journal.ts";
import { createHost, type Host, PowerCut } from "./host.ts";
import { createSimulatedLink, type Role } from "./link.ts";
import type { Network } from "./network.ts";
import type { Random } from "./random.ts";
import { providerName } from "./scene.ts";
import { settleTooEarly } from "./settle-too-early.ts";
import type { Weather } from "./weather.ts";
import type { Life, World } from "./world.ts";

export interface BridgeNode {
  readonly host: Host;
  /** What time it takes it to be. */
  now(): number;
  /** What a kiosk asks for, answered once it is stored; the id makes asking again harmless. */
  press(intentId: string, releases: readonly Release[]): "accepted";
  cancel(releaseId: string): "accepted";
  /** Carries out what the server told last. */
  told(site: { readonly prices: Prices; readonly decisions: readonly Decision[] }): "accepted";
  /** Every release that it ever journalled, as its disk has it. */
  releases(): Release[];
  /** Every intent that it ever journalled. */
  intents(): Set<string>;
  /** Facts that the server has not acknowledged. */
  waitingFacts(): number;
  close(): void;
}

export interface BridgeOptions {
  readonly world: World;
  readonly network: Network;
  readonly random: Random;
  readonly weather: Weather;
  readonly bug: Bug | undefined;
  readonly name: string;
  readonly server: Role;
  readonly provider: Role;
  readonly devices: ReadonlyMap<string, DeviceNode>;
  readonly prices: Prices;
  /** Whether it reads the meters of its devices, by days of a calendar that is right. */
  readonly readsMeters?: boolean;
}

/**
 * A bridge: its real engine, journal, outbox and executor; its links and the clients of its devices are
 * simulated. The process dies now and then between a commit and the act that should follow it.
 */
export function createBridgeNode(options: BridgeOptions): BridgeNode {
  const { world, network, random, weather, name } = options;
  const db = openDatabase({ path: ":memory:", migrations: journalMigrations });
  let prices = options.prices;
  let engine: Engine | undefined;
  // No two machines agree on the time, and a machine without a battery does not even with itself.
  let clockIsOffBy = options.readsMeters === true ? 0 : wrongBy(random);
  const now = () => world.now() + clockIsOffBy;
  const host = createHost({ world, random: random.fork(), name, boot });

  function mayDie(probability: number, where: string): void {
    if (network.isHealed() || !random.chance(probability)) return;
    host.crash(where);
    throw new PowerCut();
  }

  function boot(life: Life): void {
    if (options.readsMeters !== true && !network.isHealed() && random.chance(0.1))
      clockIsOffBy = wrongBy(random);
    const outbox = createOutbox({ db, now });
    const link = (role: Role) => createSimulatedLink({ ...options, life, role });
    const server = link(options.server);
    const provider = link(options.provider);
    const clients = new Map(
      [...options.devices].map(([id, device]) => [
        id,
        createDeviceClient({ ...options, life, device }),
      ]),
    );
    const executor = createExecutor({
      server,
      provider: (id) => (id === providerName ? provider : undefined),
      device: (id) => clients.get(id),
      apply: (releaseId, event) => {
        if (!life.isOver) host.within(() => begun.apply(releaseId, event));
      },
      onDeviceSeen: () => undefined,
      onTrouble: () => undefined,
    });
    // It lets go of what it holds; nobody of this life hears what comes of that.
    life.atEnd.add(() => executor.close());
    const delivery = deliverOutbox({
      outbox,
      send: (batch) => server.post("/api/bridge/journal", batch, JournalReply),
      random: random.next,
      wait: (ms) =>
        new Promise((resolve) => {
          world.after(ms, life, resolve);
        }),
      onDelivered: () => undefined,
      onTrouble: () => undefined,
    });
    const act = (releaseId: string, effect: ReleaseEffect) => {
      if (life.isOver) throw new PowerCut();
      mayDie(weather.crashAfterStep, `committed, but did not ${effect.kind}`);
      if (effect.kind === "sendDocument" && options.bug === "settle-before-outcome")
        settleTooEarly({ db, world, release: begun.find(releaseId) });
      // The executor's own timers are real ones: it is always asked to act at once.
      if (!("afterMs" in effect)) executor.execute(releaseId, effect);
      else
        world.after(effect.afterMs, life, () =>
          executor.execute(releaseId, { ...effect, afterMs: 0 }),
        );
    };
    const begun = createEngine({
      journal: dyingJournal(openJournal({ db, now }), () =>
        mayDie(weather.crashBeforeStep, "before a commit"),
      ),
      execute: act,
      prices: (device) => ({ version: prices.version, rule: ruleFor(prices, device) }),
      now,
      random: random.next,
      log: { info: ({ releaseId }, what) => world.note(name, `${brief(releaseId)} ${what}`) },
      onChange: ({ device }, facts) => {
        if (facts > 0) delivery.wake();
        meters.stirred(device);
      },
    });
    const meters = watchMeters({
      client: (id) => clients.get(id),
      isEngaged: (id) =>
        begun.open().some(({ device, phase }) => device === id && holdsDevice(phase)),
      store(reading) {
        outbox.append([reading]);
        delivery.wake();
      },
      now,
      after: (ms, task) => world.after(ms, life, task),
    });
    life.atEnd.add(() => meters.close());
    engine = begun;
    delivery.wake();
    begun.recover();
    if (options.readsMeters === true) meters.setDevices([...options.devices.keys()]);
  }

  function running(): Engine {
    if (engine === undefined) throw new Error(`${name} was never started.`);
    return engine;
  }

  return {
    host,
    now,
    press(intentId, releases) {
      running().intend(intentId, releases);
      return "accepted";
    },
    cancel(releaseId) {
      running().apply(releaseId, { kind: "cancel-wanted" });
      return "accepted";
    },
    told(site) {
      prices = site.prices;
      for (const { releaseId, decision, impressions } of site.decisions)
        running().apply(releaseId, { kind: "decided", decision, impressions });
      return "accepted";
    },
    releases: () =>
      db
        .prepare<[], { state: string }>("SELECT state FROM release ORDER BY position")
        .all()
        .map(({ state }): Release => JSON.parse(state)),
    intents: () =>
      new Set(
        db
          .prepare<[], { id: string }>("SELECT id FROM intent")
          .all()
          .map(({ id }) => id),
      ),
    waitingFacts: () => createOutbox({ db, now }).waiting(),
    close() {
      host.close();
      db.close();
    },
  };
}

function wrongBy(random: Random): number {
  return random.pick([0, 0, 5_000, -90_000, 86_400_000, -86_400_000]);
}

function brief(id: unknown): string {
  return String(id).slice(0, 8);
}
