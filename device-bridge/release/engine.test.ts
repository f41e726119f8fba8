import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBridge, numbered } from "./engine.fixture.ts";
import { sidePrice, waitingRelease, wanted } from "./release.fixture.ts";
import type { Release } from "./release.ts";
import { createWorld, type World } from "./world.fixture.ts";

const soak = process.env.GUICHET_SOAK === "1";
const release = numbered(waitingRelease({ askedAt: 1_700_000_000_000 }), 1);
const { releaseId } = release;

/** What the server was told, in the order in which it was told. */
function listening(world: World): { world: World; heard: Heard[] } {
  const heard: Heard[] = [];
  const hear: World["hear"] = (fact) => {
    const charged = "legs" in fact ? fact.legs.reduce((sum, { amount }) => sum + amount, 0) : 0;
    heard.push({ kind: fact.kind, releaseId: fact.releaseId, charged });
    world.hear(fact);
  };
  return { world: { ...world, hear }, heard };
}

interface Heard {
  readonly kind: string;
  readonly releaseId: string;
  readonly charged: number;
}

/** What must be true of a release when all is quiet, whatever happened on the way. */
function check(world: World, heard: readonly Heard[], one: Release): string {
  world.rest();
  const own = heard.filter((fact) => fact.releaseId === one.releaseId);
  const sides = world.paper(one.releaseId);
  expect(world.documents(one.releaseId)).toBeLessThanOrEqual(1);
  expect(own.length).toBeLessThanOrEqual(1);
  expect(world.reserved()).not.toContain(one.releaseId);
  const [end] = own;
  switch (end?.kind) {
    case "settle":
      expect(end.charged).toBe(sides * sidePrice);
      expect(world.jobState(one.jobId)).toBe(sides === wanted ? "printed" : "held");
      break;
    case "uncertain":
      expect(world.jobState(one.jobId)).toBe("uncertain");
      break;
    case "void":
    case undefined:
      expect(sides).toBe(0);
      expect(world.jobState(one.jobId)).toBe("held");
      break;
    default:
      throw new Error(`The server was told ${end?.kind}`);
  }
  return end?.kind ?? "nothing";
}

describe("the engine", () => {
  it("leads a press to paper and payment, and does a repeated intent once", () => {
    const { world, heard } = listening(createWorld());
    const bridge = createBridge(world);
    bridge.engine().intend("press", [release]);
    bridge.engine().intend("press", [release]);
    bridge.settle();
    expect(check(world, heard, release)).toBe("settle");
    expect(world.paper(releaseId)).toBe(wanted);
    expect(bridge.engine().find(releaseId)?.phase.kind).toBe("closed");
    expect(bridge.steps).toEqual([
      "1 asked for",
      "2 claiming",
      "3 reserving",
      "3 reserving, and making the device's job",
      "4 making the device's job",
      "4 sending",
      "5 watching, upload done",
      "6 ended: printed",
      "6 closed",
    ]);
    expect(bridge.outbox.waiting()).toBe(0);
  });

  it("is in grey at a device without colour, whatever was set, and stays so over a restart", () => {
    const bridge = createBridge(createWorld());
    const set = {
      ...release,
      device: "grey",
      settings: { copies: 2, colourMode: "colour" as const },
    };
    bridge.engine().intend("an intent", [set]);
    bridge.restart();
    expect(bridge.engine().find(releaseId)?.settings).toEqual({ copies: 2, colourMode: "grey" });
    bridge.engine().intend("another", [numbered(waitingRelease(), 2)]);
    expect(bridge.engine().find(numbered(waitingRelease(), 2).releaseId)?.settings).toBeUndefined();
  });

  it("goes on to the next in line when one is too late for its turn", () => {
    const { world, heard } = listening(createWorld());
    const bridge = createBridge(world);
    const longAgo = { ...release, askedAt: release.askedAt - 3_600_000 };
    bridge
      .engine()
      .intend("press", [numbered(longAgo, 2), numbered(longAgo, 3), numbered(release, 4)]);
    bridge.settle();
    expect(bridge.engine().open()).toEqual([]);
    expect(check(world, heard, numbered(longAgo, 2))).toBe("nothing");
    expect(check(world, heard, numbered(release, 4))).toBe("settle");
  });

  it("prints one at a time at a device, in the order in which they were asked for", () => {
    const { world, heard } = listening(createWorld());
    const bridge = createBridge(world);
    const all = [1, 2, 3].map((number) => numbered(release, number));
    bridge.engine().intend("press", all);
    expect(bridge.pending.map((asked) => asked.releaseId)).toEqual([releaseId, releaseId]);
    const order: string[] = [];
    while (bridge.pending.length > 0) {
      const printing = bridge
        .engine()
        .open()
        .filter(({ phase }) => phase.kind === "printing");
      expect(printing.length).toBeLessThanOrEqual(1);
      for (const one of printing) if (!order.includes(one.releaseId)) order.push(one.releaseId);
      bridge.step();
    }
    bridge.settle();
    expect(order).toEqual(all.map((one) => one.releaseId));
    for (const one of all) expect(check(world, heard, one)).toBe("settle");
  });

  it("does not let one device wait for another", () => {
    const bridge = createBridge(createWorld());
    const other = { ...numbered(release, 2), device: "other" };
    bridge.engine().intend("press", [release, other]);
    const begun = bridge.pending.filter(({ effect }) => effect.kind === "claim");
    expect(begun.map((asked) => asked.releaseId)).toEqual([releaseId, other.releaseId]);
  });
});

describe("a process that is killed", () => {
  const ways = ["before the effect", "after the effect, before its answer"] as const;

  it.each(ways)("at any moment %s prints once and pays once for what came out", (way) => {
    const ends: string[] = [];
    for (let kill = 0; ; kill += 1) {
      const { world, heard } = listening(createWorld());
      const bridge = createBridge(world);
      bridge.engine().intend("press", [release]);
      let alive = true;
      for (let steps = 0; alive && steps < kill; steps += 1) alive = bridge.step();
      const next = bridge.pending[0];
      if (!alive || next === undefined) break;
      if (way !== "before the effect") world.carryOut(next.effect);
      bridge.restart();
      bridge.settle();
      ends.push(check(world, heard, release));
    }
    expect(ends.length).toBeGreaterThan(10);
    expect(new Set(ends)).toEqual(new Set(["settle", "void"]));
  });

  it("in the very moment of each commit, before anything of it is done", () => {
    const whole = createBridge(createWorld());
    whole.engine().intend("press", [release]);
    whole.settle();
    expect(whole.commits).toBeGreaterThan(7);
    for (let kill = 1; kill <= whole.commits; kill += 1) {
      const { world, heard } = listening(createWorld());
      class Killed extends Error {}
      const bridge = createBridge(world, ({ commits }) => {
        if (commits === kill) throw new Killed();
      });
      try {
        bridge.engine().intend("press", [release]);
        bridge.settle();
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
      bridge.restart();
      bridge.settle();
      check(world, heard, release);
      expect(bridge.engine().open()).toEqual([]);
    }
  });
});

const anyLoss = fc.constantFrom(
  "request",
  "answer",
  ...Array.from({ length: 12 }, () => undefined),
);
const anyMove = fc.oneof(
  { weight: 20, arbitrary: anyLoss.map((lost) => ({ kind: "step", lost }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "power" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "cancel" } as const) },
);

it.each([
  ["counts", {}],
  ["counts nothing", { countless: true }],
  ["forgets jobs", { forgets: true }],
  ["calls jobs completed too early", { early: true }],
])(
  "losses, kills, power cuts and changes of mind, with a device that %s",
  (_name, options) => {
    fc.assert(
      fc.property(fc.array(anyMove, { minLength: 10, maxLength: 80, size: "max" }), (moves) => {
        const { world, heard } = listening(createWorld(options));
        const bridge = createBridge(world);
        const all = [1, 2].map((number) => numbered(release, number));
        bridge.engine().intend("press", all);
        for (const move of moves) {
          if (move.kind === "step") bridge.step(move.lost);
          else if (move.kind === "restart") bridge.restart();
          else if (move.kind === "power") world.cutPower();
          else bridge.engine().apply(releaseId, { kind: "cancel-wanted" });
        }
        bridge.settle();
        for (const one of all) check(world, heard, one);
      }),
      { seed: 2026, numRuns: soak ? 5_000 : 100 },
    );
  },
  soak ? 1_800_000 : 60_000,
);
