import type { Fault } from "../../simulator/printer/fault-catalogue.ts";
import type { DeviceNode } from "./device-node.ts";
import type { Random } from "./random.ts";
import { providerName } from "./scene.ts";
import { hostsOf, type Town } from "./town.ts";
import { nature } from "./world.ts";

/** Lets things go wrong for so long: processes die, networks part, devices fail and are mended. */
export function letMisfortunesStrike(town: Town, forMs: number): void {
  const { world, random, weather } = town;
  if (!Number.isFinite(weather.misfortuneMs)) return;
  const until = world.now() + forMs;
  for (const device of town.devices.values())
    for (let left = random.pick([0, 0, 1, 1, 2]); left > 0; left -= 1)
      device.setFault(someCharacter(random));
  const strike = () => {
    if (world.now() > until) return;
    strikeOnce(town);
    world.after(random.wait(weather.misfortuneMs, 60_000), nature, strike);
  };
  world.after(random.wait(weather.misfortuneMs, 60_000), nature, strike);
}

function strikeOnce(town: Town): void {
  const { random, network, scene } = town;
  const bridge = random.chance(0.5) ? "north" : "south";
  const [device = ""] = [...scene.devices].filter(([, owner]) => owner === bridge).flat();
  random.pick([
    () => random.pick(hostsOf(town)).crash("by chance"),
    () => random.pick(hostsOf(town)).crash("by chance"),
    () => network.cut(bridge, random.pick(["server", providerName])),
    () => network.cut(bridge, device),
    () => failDevice(town),
    () => failDevice(town),
    () => failDevice(town),
  ])();
}

/** Something happens to a device, and somebody mends it some time later. */
function failDevice({ world, random, devices }: Town): void {
  const all = [...devices.values()];
  // Mostly where it hurts.
  const atWork = all.filter(({ state }) =>
    state().jobs.some(({ stage }) => stage.kind !== "ended"),
  );
  const [first, ...rest] = atWork.length > 0 && random.chance(0.8) ? atWork : all;
  if (first === undefined) return;
  const device: DeviceNode = random.pick([first, ...rest]);
  const fault = someFault(random);
  device.setFault(fault);
  world.after(random.wait(12_000, 120_000), nature, () => device.clearFault(fault.name));
}

/** What a device may be like from its first day. */
function someCharacter(random: Random): Fault {
  return random.pick<Fault>([
    { name: "early-completed", settings: {} },
    { name: "forgets-jobs", settings: {} },
    { name: "no-counters", settings: {} },
    { name: "no-job-counters", settings: {} },
    { name: "copies-ignored", settings: { says: random.pick(["nothing", "substituted"]) } },
    { name: "reasons-as-warnings", settings: {} },
    { name: "busy", settings: { when: "printing" } },
  ]);
}

function someFault(random: Random): Fault {
  const page = random.between(1, 6);
  const operation = random.pick([
    "Create-Job",
    "Send-Document",
    "Cancel-Job",
    "Get-Job-Attributes",
  ] as const);
  const seconds = random.between(0, 40);
  const bytes = random.pick([0, 100, 20_000]);
  const times = random.between(1, 3);
  return random.pick<Fault>([
    someCharacter(random),
    someCharacter(random),
    { name: "jam", settings: { page, outcome: random.pick(["wait", "abort"]) } },
    { name: "jam", settings: { page, outcome: "wait" } },
    { name: "paper-out", settings: { after: page } },
    { name: "door-open", settings: random.chance(0.5) ? { page } : {} },
    { name: "power-cut", settings: { page, seconds } },
    { name: "power-cut", settings: { seconds } },
    { name: "offline", settings: {} },
    { name: "hang", settings: random.chance(0.5) ? { operation } : {} },
    { name: "connection-dropped", settings: { when: "upload", bytes, times } },
    { name: "connection-dropped", settings: { when: "answer", bytes, times } },
    { name: "connection-dropped", settings: { when: "answer", bytes, times, operation } },
    { name: "busy", settings: { when: "always" } },
    { name: "slow", settings: { pagesPerMinute: random.pick([4, 20]) } },
    { name: "toner-low", settings: {} },
  ]);
}
