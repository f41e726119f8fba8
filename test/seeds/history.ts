import { type BridgeNode, createBridgeNode } from "./bridge-node.ts";
import type { Bug } from "./bug.ts";
import { createDeviceNode } from "./device-node.ts";
import { type Counts, judge, type Stage } from "./judge.ts";
import { letMisfortunesStrike } from "./misfortune.ts";
import { createNetwork } from "./network.ts";
import { decideEverything, letPeopleAct } from "./people.ts";
import { createProviderNode } from "./provider-node.ts";
import { randomOf } from "./random.ts";
import { createScene } from "./scene.ts";
import { createServerNode } from "./server-node.ts";
import { hostsOf, type Town } from "./town.ts";
import { weatherOf } from "./weather.ts";
import { createWorld, nature } from "./world.ts";

export interface Verdict {
  readonly seed: number;
  /** What is not as it must be, in sentences; none in a good history. */
  readonly faults: readonly string[];
  readonly trace: readonly string[];
  readonly counts: Counts;
}

const nothing: Counts = { releases: 0, sides: 0, charged: 0, uncertain: 0, believed: 0 };

/**
 * Runs one history from its seed: people print while things go wrong, then everything is mended, the
 * world comes to rest, and it is judged; then what is uncertain is decided, and it is judged again.
 */
export async function runHistory(options: {
  readonly seed: number;
  readonly bug?: Bug | undefined;
}): Promise<Verdict> {
  const { seed, bug } = options;
  const town = createTown(seed, bug);
  const { world } = town;
  const verdict = (faults: readonly string[], counts: Counts): Verdict => ({
    seed,
    faults,
    trace: world.trace,
    counts,
  });
  try {
    await letThingsHappen(town);
    mendEverything(town);
    const restless = await comeToRest(town);
    if (restless !== undefined) return verdict([restless], nothing);
    const first = judge(town, "undecided");
    decideEverything(town);
    tellBridges(town);
    const again = await comeToRest(town);
    if (again !== undefined) return verdict([...first.faults, again], nothing);
    const stage: Stage = "decided";
    const second = judge(town, stage);
    const faults = [...first.faults, ...second.faults.map((fault) => `After decisions: ${fault}`)];
    return verdict(faults, first.counts);
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return verdict([`A program failed: ${told}`], nothing);
  } finally {
    town.server.close();
    town.provider.close();
    for (const bridge of town.bridges.values()) bridge.close();
  }
}

function createTown(seed: number, bug: Bug | undefined): Town {
  const random = randomOf(seed);
  const world = createWorld();
  const weather = weatherOf(random.fork());
  const network = createNetwork({ world, weather, random: random.fork() });
  const scene = createScene(random.fork());
  const server = createServerNode({ world, scene, bug, random: random.fork() });
  const provider = createProviderNode({ world, scene, bug, random: random.fork() });
  const devices = new Map(
    [...scene.devices.keys()].map((id) => [
      id,
      createDeviceNode({ world, id, random: random.fork() }),
    ]),
  );
  const bridges = new Map<string, BridgeNode>();
  for (const name of scene.bridges)
    bridges.set(
      name,
      createBridgeNode({
        world,
        network,
        weather,
        bug,
        name,
        server,
        provider,
        devices,
        prices: scene.site.prices,
        random: random.fork(),
      }),
    );
  const people = random.fork();
  return {
    world,
    network,
    weather,
    random: people,
    scene,
    server,
    provider,
    bridges,
    devices,
    presses: [],
  };
}

async function letThingsHappen(town: Town): Promise<void> {
  const { world, random } = town;
  world.note("weather", JSON.stringify(town.weather));
  for (const host of hostsOf(town)) host.start();
  const forMs = random.between(4, 24) * 10_000;
  letPeopleAct(town, forMs);
  letMisfortunesStrike(town, forMs);
  const until = world.now() + forMs;
  const listen = () => {
    for (const bridge of town.bridges.values()) askServer(town, bridge);
    if (world.now() < until) world.after(10_000, nature, listen);
  };
  listen();
  await world.run({ untilMs: until, mostEvents: 1_000_000 });
}

/** A bridge asks what it has to know by now. */
function askServer({ network, server }: Town, bridge: BridgeNode): void {
  const life = bridge.host.life();
  if (life === undefined) return;
  network.ask({
    from: life,
    to: server.host,
    what: "site",
    timeoutMs: 5_000,
    handle: () => server.tell(bridge.host.name),
    answered: (site) => {
      if (site !== undefined) bridge.host.within(() => bridge.told(site));
    },
  });
}

function mendEverything(town: Town): void {
  town.world.note("nature", "everything is mended");
  town.network.heal();
  for (const device of town.devices.values()) device.mend();
  for (const host of hostsOf(town)) host.start();
  tellBridges(town);
}

function tellBridges({ bridges, server }: Town): void {
  for (const bridge of bridges.values())
    bridge.host.within(() => bridge.told(server.tell(bridge.host.name)));
}

/** A world that is mended must come to rest by itself; what is wrong if it does not. */
async function comeToRest({ world }: Town): Promise<string | undefined> {
  const rest = await world.run({
    untilMs: world.now() + 6 * 3_600_000,
    mostEvents: 300_000,
  });
  return rest === "quiet" ? undefined : `The world does not come to rest: ${rest}.`;
}
