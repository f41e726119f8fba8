import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { assign, createActor, type SnapshotFrom, setup } from "xstate";
import { type Kept, keepAlive } from "./keep-alive.ts";

const counter = setup({
  types: {
    context: {} as { count: number },
    events: {} as { type: "add" } | { type: "fail" },
    input: {} as { count: number },
  },
}).createMachine({
  context: ({ input }) => input,
  on: {
    add: { actions: assign({ count: ({ context }) => context.count + 1 }) },
    fail: {
      actions: assign(() => {
        throw new Error("It fails, as it was asked to.");
      }),
    },
  },
});
const make = (count: number) => createActor(counter, { input: { count } });
type Counter = ReturnType<typeof make>;

describe("an actor that is kept alive", () => {
  let shown: Kept<Counter>[];
  let time: number;
  let reloads: number;
  let keeper: { failed: (error: unknown) => void };
  const newest = () => shown.at(-1)?.actor ?? make(-1);

  beforeEach(() => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    shown = [];
    time = 0;
    reloads = 0;
    keeper = keepAlive<SnapshotFrom<Counter>, Counter>({
      build: (last) => make(last?.context.count ?? 0),
      show: (kept) => shown.push(kept),
      now: () => time,
      reload: () => {
        reloads += 1;
      },
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("is followed by a new one when it fails, which knows what the old one knew", () => {
    newest().send({ type: "add" });
    newest().send({ type: "fail" });
    newest().send({ type: "add" });
    expect(newest().getSnapshot().context.count).toBe(2);
    expect(shown.map((kept) => kept.generation)).toEqual([1, 2]);
  });

  it("is followed by a new one when its screen fails", () => {
    keeper.failed(new Error("It cannot be drawn."));
    expect(shown).toHaveLength(2);
    expect(reloads).toBe(0);
  });

  it("gives way to a new page when it fails again and again within a minute", () => {
    for (let n = 0; n < 4; n += 1) newest().send({ type: "fail" });
    expect(reloads).toBe(1);
    expect(shown).toHaveLength(4);
  });

  it("is built anew for ever where it fails now and then", () => {
    for (let n = 0; n < 20; n += 1) {
      time += 30_000;
      newest().send({ type: "fail" });
    }
    expect(reloads).toBe(0);
    expect(shown).toHaveLength(21);
  });
});
