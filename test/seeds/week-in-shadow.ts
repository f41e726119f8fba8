import { dayOf } from "../../device-bridge/meters/decide-reading.ts";
import { newRelease } from "../../device-bridge/sessions/plan-print.ts";
import { documentOf as outgoing } from "../../ipp/client/document.ts";
import { printJob } from "../../ipp/client/submit.ts";
import type { ShadowReport } from "../../protocol/meter.ts";
import { type CheckedBooks, checkBooks } from "../../server/ledger/check-books.ts";
import { shadowReport } from "../../server/shadow/shadow-report.ts";
import { createBridgeNode } from "./bridge-node.ts";
import { createDeviceClient } from "./device-client.ts";
import { createDeviceNode, type DeviceNode } from "./device-node.ts";
import { documentOf } from "./document.ts";
import { createNetwork } from "./network.ts";
import { createProviderNode } from "./provider-node.ts";
import { type Random, randomOf } from "./random.ts";
import { createScene, job, providerName, type Scene, secureQueue, siteOf } from "./scene.ts";
import { createServerNode, type ServerNode } from "./server-node.ts";
import type { Weather } from "./weather.ts";
import { createWorld, nature, type World } from "./world.ts";

/** What a week came to: what paper lies there, and what the server says of it. */
export interface Week {
  readonly report: ShadowReport;
  readonly books: CheckedBooks;
  /** Sides by day and device, as they lie in the trays: all, and those of no release. */
  readonly paper: ReadonlyMap<string, { readonly all: number; readonly around: number }>;
  readonly jobs: { readonly released: number; readonly around: number };
  /** Accounts whose balance or reserved money is not what it was on the first day. */
  readonly touched: readonly string[];
  readonly shadowSum: number;
}

const calm: Weather = {
  ...{ loss: 0, doubling: 0, lateMs: 500, crashAfterCommit: 0, crashBeforeStep: 0 },
  ...{ crashAfterStep: 0, connectionBreaks: 0, misfortuneMs: Number.POSITIVE_INFINITY },
};
const dayMs = 24 * 3_600_000;
const goesAround = "straight from a computer";

/** Lets a site live for some days in shadow mode; of its jobs one in twenty goes straight to a device. */
export async function liveInShadow(options: {
  readonly seed: number;
  readonly days: number;
  readonly jobsADay: number;
  readonly aroundIn20: number;
}): Promise<Week> {
  const { seed, days, jobsADay, aroundIn20 } = options;
  const random = randomOf(seed);
  const world = createWorld();
  const scene = sceneOf(random, days * jobsADay);
  const server = createServerNode({ world, scene, bug: undefined, random: random.fork() });
  const provider = createProviderNode({ world, scene, bug: undefined, random: random.fork() });
  const network = createNetwork({ world, weather: calm, random: random.fork() });
  const devices = new Map(
    [...scene.devices.keys()].map((id) => [
      id,
      createDeviceNode({ world, id, habits: [], random: random.fork() }),
    ]),
  );
  const common = { world, network, weather: calm, bug: undefined, server, provider };
  const bridges = new Map(
    scene.bridges.map((name) => {
      const own = new Map([...devices].filter(([id]) => scene.devices.get(id) === name));
      const { prices } = scene.site;
      const rest = { name, devices: own, prices, readsMeters: true, random: random.fork() };
      return [name, createBridgeNode({ ...common, ...rest })];
    }),
  );
  const before = balances(server);
  const jobs = { released: 0, around: 0 };
  try {
    for (const host of [server.host, provider.host]) host.start();
    for (const bridge of bridges.values()) bridge.host.start();
    scene.jobs.forEach((one, index) => {
      // Within ten hours of one of the days.
      const at = (index % days) * dayMs + random.between(60, 600) * 60_000;
      const device =
        one.queue === secureQueue ? "north-1" : random.pick(["north-1", "north-2", "south-1"]);
      const isAround = random.between(1, 20) <= aroundIn20;
      jobs[isAround ? "around" : "released"] += 1;
      const accounts = [{ account: one.owner.account, unit: "money" as const, available: 0 }];
      world.after(at, nature, () => {
        if (isAround) return sendAround({ world, network, random, device: devices.get(device) });
        const bridge = bridges.get(scene.devices.get(device) ?? "");
        const release = newRelease({
          listed: { provider: providerName, job: { jobId: one.jobId, owner: one.owner.login } },
          ...{ device, accounts, personId: one.owner.personId },
          ...{ now: bridge?.now() ?? 0, newId: random.uuid },
        });
        bridge?.host.within(() => bridge.press(random.uuid(), [release]));
      });
    });
    const rest = await world.run({ untilMs: world.now() + days * dayMs, mostEvents: 5_000_000 });
    if (rest !== "time-is-up") throw new Error(`The week did not go by: ${rest}.`);
    return {
      report: shadowReport(server.db, days + 1),
      books: checkBooks(server.db),
      paper: paperOf(devices),
      jobs,
      touched: [...balances(server)].filter((one) => !before.has(one)),
      shadowSum: shadowSumOf(server),
    };
  } finally {
    server.close();
    provider.close();
    for (const bridge of bridges.values()) bridge.close();
  }
}

function sceneOf(random: Random, jobs: number): Scene {
  const scene = createScene(random);
  const devices = new Map([
    ["north-1", "north"],
    ["north-2", "north"],
    ["south-1", "south"],
  ]);
  const newJob = () => job(random, random.pick(scene.people));
  return {
    ...scene,
    devices,
    jobs: [newJob(), ...Array.from({ length: jobs - 1 }, newJob)],
    site: { ...siteOf(devices, scene.site.prices), shadow: true },
  };
}

/** Somebody prints from a computer, past every queue. */
function sendAround(sent: {
  readonly world: World;
  readonly network: ReturnType<typeof createNetwork>;
  readonly random: Random;
  readonly device: DeviceNode | undefined;
}): void {
  const { device, random, world } = sent;
  if (device === undefined) throw new Error("There is no such device.");
  const client = createDeviceClient({ ...sent, device, weather: calm, life: nature });
  const pages = Array.from({ length: random.between(1, 9) }, () => "grey" as const);
  void printJob(client, {
    jobName: goesAround,
    documentFormat: "application/pdf",
    document: outgoing(documentOf(pages, 200)),
  }).catch(world.fail);
}

function paperOf(devices: ReadonlyMap<string, DeviceNode>): Week["paper"] {
  const sums = new Map<string, { all: number; around: number }>();
  for (const [device, { paper }] of devices)
    for (const { at, jobName } of paper()) {
      const key = `${dayOf(Date.parse(at))} ${device}`;
      const sum = sums.get(key) ?? { all: 0, around: 0 };
      sum.all += 1;
      if (jobName === goesAround) sum.around += 1;
      sums.set(key, sum);
    }
  return sums;
}

function balances({ db }: ServerNode): ReadonlySet<string> {
  return new Set(
    db
      .prepare<[], { one: string }>(
        "SELECT account || ' ' || balance || ' ' || reserved AS one FROM account",
      )
      .all()
      .map(({ one }) => one),
  );
}

function shadowSumOf({ db }: ServerNode): number {
  const row = db
    .prepare<[], { sum: number }>(
      "SELECT coalesce(sum(amount), 0) AS sum FROM shadow_entry WHERE account LIKE 'revenue:%'",
    )
    .get();
  return row?.sum ?? 0;
}
