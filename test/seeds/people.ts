import type { Release } from "../../device-bridge/release/release.ts";
import type { Random } from "./random.ts";
import { type JobInScene, providerName, somePrices } from "./scene.ts";
import { bridgeOf, type Press, type Town } from "./town.ts";
import { nature } from "./world.ts";

/** Lets people come and go for so long: they print, print again, cancel, delete, and change prices. */
export function letPeopleAct(town: Town, forMs: number): void {
  const { world, random, scene } = town;
  const often = random.pick([1_500, 5_000, 15_000]);
  const until = world.now() + forMs;
  let version = 1;
  const someoneActs = () => {
    if (world.now() > until) return;
    const luck = random.next();
    if (luck < 0.7) press(town);
    else if (luck < 0.88) cancel(town);
    else if (luck < 0.91) town.provider.giveUp(random.pick(scene.jobs));
    else if (luck < 0.94) {
      version += 1;
      town.server.setPrices(somePrices(random, version));
    } else decideSomething(town);
    world.after(random.wait(often, 40_000), nature, someoneActs);
  };
  world.after(random.wait(500, 5_000), nature, someoneActs);
}

/** Says what came out of every release that waits for somebody to say it; often wrongly. */
export function decideEverything({ server, random }: Town): void {
  for (const { releaseId, decision, atLeast, wanted } of server.uncertain())
    if (decision === null) server.decide(someDecision(random, { releaseId, atLeast, wanted }));
}

function decideSomething({ server, random }: Town): void {
  const open = server.uncertain().find(({ decision }) => decision === null);
  if (open !== undefined) server.decide(someDecision(random, open));
}

function someDecision(
  random: Random,
  about: { readonly releaseId: string; readonly atLeast: number; readonly wanted: number },
): Parameters<Town["server"]["decide"]>[0] {
  const { releaseId, atLeast, wanted } = about;
  if (random.chance(0.4)) return { releaseId, decision: "not-printed" };
  return random.chance(0.5)
    ? { releaseId, decision: "printed" }
    : { releaseId, decision: "printed", impressions: random.between(atLeast, wanted) };
}

/** Someone chooses some of their documents at one of the devices. The list may be an old one. */
function press(town: Town): void {
  const { world, random, scene } = town;
  const { owner } = random.pick(scene.jobs);
  const all = scene.jobs.filter((job) => job.owner === owner);
  const held = all.filter(({ jobId }) => town.provider.stateOf(jobId) === "held");
  const theirs = random.chance(0.8) ? held : all;
  const chosen = random.chance(0.3) ? theirs : theirs.filter(() => random.chance(0.4));
  const [first = theirs[0], ...rest] = chosen;
  if (first === undefined) return;
  const [device = ""] = [...scene.devices.keys()].filter(() => random.chance(0.5));
  if (device === "") return;
  const intentId = random.uuid();
  const jobs = [first, ...rest];
  const what = `press ${intentId.slice(0, 8)} of ${jobs.map(({ jobId }) => jobId.slice(0, 8)).join(" ")} at ${device}`;
  world.note(owner.login, what);
  const pressed: Press = { intentId, device, jobs: jobs.length, wasAccepted: false };
  town.presses.push(pressed);
  ask(town, {
    what,
    device,
    triesLeft: 5,
    handle: (bridge) =>
      bridge.press(
        intentId,
        jobs.map((job) => newRelease(bridge.now(), random, { job, device })),
      ),
    accepted: () => {
      pressed.wasAccepted = true;
    },
  });
}

/** Now and then somebody wants it otherwise than it was sent. */
function settings(random: Random): Pick<Release, "settings"> {
  if (random.chance(0.75)) return {};
  return {
    settings: {
      ...(random.chance(0.5) ? { copies: random.between(1, 3) } : {}),
      ...(random.chance(0.5) ? { sides: random.pick(["one-sided", "two-sided-long-edge"]) } : {}),
      ...(random.chance(0.5) ? { colourMode: random.pick(["colour", "grey"]) } : {}),
    },
  };
}

function newRelease(
  askedAt: number,
  random: Random,
  { job, device }: { readonly job: JobInScene; readonly device: string },
): Release {
  const { jobId, owner } = job;
  return {
    version: 1,
    releaseId: random.uuid(),
    jobId,
    provider: providerName,
    device,
    owner: owner.login,
    personId: owner.personId,
    accounts: [{ account: owner.account, unit: "money", available: owner.credit }],
    askedAt,
    cancelWanted: false,
    ...settings(random),
    phase: { kind: "waiting" },
  };
}

/** Someone stops one of the releases that are under way. */
function cancel(town: Town): void {
  const { random, bridges } = town;
  const open = [...bridges.values()]
    .flatMap((bridge) => bridge.releases())
    .filter(({ phase }) => phase.kind !== "closed" && phase.kind !== "undecided");
  const [first, ...rest] = open;
  if (first === undefined) return;
  const { releaseId, device } = random.pick([first, ...rest]);
  ask(town, {
    what: `cancel ${releaseId.slice(0, 8)}`,
    device,
    triesLeft: 2,
    handle: (bridge) => bridge.cancel(releaseId),
  });
}

/** The screen asks its bridge, and asks the same again when it hears nothing. */
function ask(
  town: Town,
  asked: {
    readonly what: string;
    readonly device: string;
    readonly triesLeft: number;
    readonly handle: (bridge: ReturnType<typeof bridgeOf>) => "accepted";
    readonly accepted?: () => void;
  },
): void {
  const bridge = bridgeOf(town, asked.device);
  town.network.ask({
    from: nature,
    to: bridge.host,
    what: asked.what,
    tell: (answer) => answer,
    timeoutMs: 3_000,
    handle: () => asked.handle(bridge),
    answered: (answer) => {
      if (answer !== undefined) asked.accepted?.();
      else if (asked.triesLeft > 0)
        town.world.after(2_000, nature, () =>
          ask(town, { ...asked, triesLeft: asked.triesLeft - 1 }),
        );
    },
  });
}
