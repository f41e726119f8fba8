import type { ColourMode, Particulars } from "../../protocol/particulars.ts";
import type { PriceRule, Prices, Site } from "../../protocol/site.ts";
import { documentOf } from "./document.ts";
import type { Random } from "./random.ts";

export interface PersonInScene {
  readonly personId: string;
  readonly account: string;
  readonly login: string;
  readonly restricted: boolean;
  readonly credit: number;
}

export interface JobInScene {
  readonly jobId: string;
  readonly queue: string;
  readonly owner: PersonInScene;
  readonly particulars: Particulars;
  readonly document: Uint8Array;
}

/** All that there is at the beginning of a history. */
export interface Scene {
  readonly bridges: readonly string[];
  /** Each device with its bridge. */
  readonly devices: ReadonlyMap<string, string>;
  readonly people: readonly [PersonInScene, ...PersonInScene[]];
  readonly jobs: readonly [JobInScene, ...JobInScene[]];
  readonly site: Site;
}

export const providerName = "spool";
export const virtualQueue = "find-me";
export const secureQueue = "beside";

export function createScene(random: Random): Scene {
  const devices = new Map([
    ["north-1", "north"],
    ["south-1", "south"],
  ]);
  if (random.chance(0.5)) devices.set("north-2", "north");
  const people: Scene["people"] = [
    person(random, "rich", { restricted: true, credit: 1_000_000 }),
    person(random, "poor", { restricted: true, credit: random.between(0, 40) * 500 }),
    person(random, "free", { restricted: false, credit: random.between(0, 10) * 500 }),
  ];
  const newJob = () => job(random, random.pick(people));
  const jobs: Scene["jobs"] = [newJob(), ...Array.from({ length: random.between(3, 11) }, newJob)];
  return {
    bridges: ["north", "south"],
    devices,
    people,
    jobs,
    site: siteOf(devices, somePrices(random, 1)),
  };
}

/** Prices that differ from version to version, so that a charge tells which was used. */
export function somePrices(random: Random, version: number): Prices {
  const rule = (): PriceRule => {
    const grey = 500 + 10 * version;
    const twoSidedSheetDiscount = random.pick([0, 100, grey]);
    return { grey, colour: random.pick([grey, 2_000 + 10 * version]), twoSidedSheetDiscount };
  };
  return { version, standard: rule(), devices: random.chance(0.5) ? { "north-1": rule() } : {} };
}

function person(
  random: Random,
  login: string,
  money: Pick<PersonInScene, "restricted" | "credit">,
): PersonInScene {
  return { personId: random.uuid(), account: random.uuid(), login, ...money };
}

/** A job of somebody's, held. */
export function job(random: Random, owner: PersonInScene): JobInScene {
  const colours: readonly [ColourMode, ColourMode] = ["grey", "colour"];
  const pages = Array.from({ length: random.between(1, 8) }, () => random.pick(colours));
  const document = documentOf(pages, random.pick([200, 5_000, 60_000]));
  const particulars: Particulars = {
    pageRuns: runsOf(pages),
    copies: random.pick([1, 1, 1, 2, 3]),
    sides: random.pick(["one-sided", "two-sided-long-edge"]),
    colourMode: random.pick(["colour", "colour", "grey"]),
    documentFormat: "application/pdf",
    sizeBytes: document.length,
  };
  const queue = random.chance(0.2) ? secureQueue : virtualQueue;
  return { jobId: random.uuid(), queue, owner, particulars, document };
}

function runsOf(pages: readonly ColourMode[]): Particulars["pageRuns"] {
  const runs: [number, ColourMode][] = [];
  for (const colour of pages) {
    const last = runs.at(-1);
    if (last?.[1] === colour) last[0] += 1;
    else runs.push([1, colour]);
  }
  return runs;
}

/** The site of a scene. */
export function siteOf(devices: ReadonlyMap<string, string>, prices: Prices): Site {
  const queue = { info: "", provider: providerName, holdHours: 24 };
  return {
    appearance: { name: "Seeds", languages: ["en"], currency: "EUR" },
    policy: { idleSeconds: 60, warningSeconds: 20 },
    prices,
    devices: [...devices].map(([id, bridge]) => ({
      id,
      name: id,
      url: `ipp://${id}/ipp/print`,
      bridge,
    })),
    terminals: [],
    queues: [
      { ...queue, name: virtualQueue, kind: "virtual", devices: [] },
      { ...queue, name: secureQueue, kind: "secure", devices: ["north-1"] },
    ],
  };
}
