import { expect, it } from "vitest";
import { decideLife, type Life, type LifeEvent, unborn } from "./decide-life.ts";

function live() {
  let life: Life = unborn;
  return {
    apply(event: LifeEvent, at = 0, random = 0.5) {
      const decided = decideLife(life, event, { at, random });
      life = decided.life;
      return decided.effects;
    },
    state: () => life.state,
  };
}
const gone: LifeEvent = { kind: "failed", trouble: "gone" };

it("is opened at once when it is plugged in, also while it was waited for", () => {
  const reader = live();
  expect(reader.apply({ kind: "appeared" })).toEqual([{ kind: "open" }]);
  expect(reader.state()).toBe("opening");
  reader.apply(gone);
  expect(reader.state()).toBe("absent");
  expect(reader.apply({ kind: "appeared" })).toEqual([{ kind: "open" }]);
  reader.apply({ kind: "opened" });
  expect(reader.state()).toBe("ready");
  expect(reader.apply({ kind: "appeared" })).toEqual([]);
});

it("waits longer from try to try, up to ten seconds, and says nothing of tries in vain", () => {
  const reader = live();
  reader.apply({ kind: "appeared" });
  const waits: number[] = [];
  for (let tries = 0; tries < 7; tries += 1) {
    for (const effect of reader.apply(gone)) if (effect.kind === "wait") waits.push(effect.ms);
    expect(reader.apply({ kind: "waited" })).toEqual([{ kind: "open" }]);
    expect(reader.state()).toBe("absent");
  }
  expect(waits).toEqual([500, 1_000, 2_000, 5_000, 10_000, 10_000, 10_000]);
});

it("spreads the waits by a fifth to either side", () => {
  for (const [random, ms] of [
    [0, 400],
    [0.999_999, 600],
  ] as const) {
    const reader = live();
    reader.apply({ kind: "appeared" });
    expect(reader.apply(gone, 0, random)).toContainEqual({ kind: "wait", ms });
  }
});

it("comes back quickly after it was ready for half a minute, and not before", () => {
  const reader = live();
  let at = 0;
  const wait = (readyMs: number) => {
    reader.apply({ kind: "waited" });
    reader.apply({ kind: "opened" }, at);
    at += readyMs;
    return reader.apply(gone, at);
  };
  reader.apply({ kind: "appeared" });
  reader.apply(gone);
  expect(wait(29_999)).toContainEqual({ kind: "wait", ms: 1_000 });
  expect(wait(1_000)).toContainEqual({ kind: "wait", ms: 2_000 });
  expect(wait(30_000)).toContainEqual({ kind: "wait", ms: 500 });
});

it("is degraded while it is there and cannot be used, and is closed before it is opened again", () => {
  for (const trouble of ["busy", "forbidden", "silent", "foreign"] as const) {
    const reader = live();
    reader.apply({ kind: "appeared" });
    reader.apply({ kind: "opened" });
    const effects = reader.apply({ kind: "failed", trouble });
    expect(reader.state()).toBe("degraded");
    expect(effects.map(({ kind }) => kind)).toEqual(["close", "wait"]);
  }
});

it("is over for good once its owner ended it", () => {
  const reader = live();
  reader.apply({ kind: "appeared" });
  expect(reader.apply({ kind: "ended" })).toEqual([{ kind: "close" }]);
  for (const event of [{ kind: "appeared" }, { kind: "waited" }, { kind: "opened" }] as const)
    expect(reader.apply(event)).toEqual([]);
  expect(reader.state()).toBe("absent");
});
