import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type GuestRun, runInGuest } from "./boot-guest.ts";
import { guestKernel } from "./guest-kernel.ts";

/** The guest's clock counts its own instructions, so a busy host makes these no longer. */
const readyWithinMs = 2_000;
const long = process.env.GUICHET_SOAK === "1";
const cycles = long ? 20 : 2;
const timeoutMs = long ? 1_500_000 : 500_000;

interface Ready {
  readonly kind: "ready";
  readonly twn4: number;
  readonly wedge: number;
  readonly pcprox: number;
}
interface Sessions {
  readonly kind: "sessions";
  readonly cards: readonly string[];
  readonly opened: readonly string[];
}
type Told =
  | Ready
  | Sessions
  | { readonly kind: "grab"; readonly heard: readonly string[] }
  | { readonly kind: "pcprox"; readonly typed: boolean }
  | { readonly kind: "handles"; readonly open: readonly string[] }
  | { readonly kind: "taps"; readonly all: readonly string[] };

const guest = guestKernel();
if (guest.kind === "left-out")
  console.log(`Left out: card readers at a kernel's own USB, since ${guest.why}.`);

describe.runIf(guest.kind === "there")("readers that a kernel has enumerated", () => {
  let run: GuestRun;
  let told: readonly Told[] = [];
  const ofKind = <Kind extends Told["kind"]>(kind: Kind) =>
    told.filter((it): it is Told & { kind: Kind } => it.kind === kind);

  beforeAll(async () => {
    if (guest.kind === "left-out") return;
    const program = join(import.meta.dirname, "in-guest.ts");
    // Loaded here once, so that the guest finds it compiled: it takes minutes for what takes us a second.
    const env = { ...process.env, NODE_COMPILE_CACHE: guest.compiled };
    spawnSync(process.execPath, [program, "0"], { env, stdio: "ignore", timeout: 60_000 });
    run = await runInGuest({
      guest,
      line: `NODE_COMPILE_CACHE='${guest.compiled}' '${process.execPath}' '${program}' ${cycles}`,
      timeoutMs,
    });
    told = run.lines.map((line): Told => JSON.parse(line));
  }, timeoutMs + 60_000);

  test("the program in the guest came to its end", () => {
    expect(run.status, run.console.slice(-4_000)).toBe(0);
  });

  test(`${cycles} times plugged in again, each reader is ready within two seconds`, () => {
    // The first time loads drivers from the host's disk, and how long that takes is the host's affair.
    const [, ...ready] = ofKind("ready");
    expect(ready).toHaveLength(cycles);
    for (const it of ready) {
      const { twn4, wedge, pcprox } = it;
      const told = JSON.stringify(it);
      expect(Math.max(twn4, wedge, pcprox), told).toBeLessThanOrEqual(readyWithinMs);
      expect(Math.min(twn4, wedge, pcprox)).toBeGreaterThan(0);
    }
    const worst = (of: "twn4" | "wedge" | "pcprox") => Math.max(...ready.map((it) => it[of]));
    console.log(
      `Ready after being plugged in again, worst of ${cycles}: TWN4 ${worst("twn4")} ms, keyboard ${worst("wedge")} ms, pcProx ${worst("pcprox")} ms.`,
    );
  });

  test("a badge at each of them opens a session with its number", () => {
    const sessions = ofKind("sessions");
    expect(sessions).toHaveLength(cycles + 1);
    for (const { cards, opened } of sessions) expect(opened).toEqual(cards);
  });

  test("no badge is lost, and none counts twice", () => {
    const all = ofKind("taps").flatMap((it) => it.all);
    expect(all).toHaveLength((cycles + 1) * 3);
    expect(new Set(all).size).toBe(all.length);
  });

  test("what a keyboard reader types reaches nobody else, until it is let go", () => {
    const [grab] = ofKind("grab");
    expect(grab?.heard).toEqual(["Digit1", "Digit2", "Digit3", "Digit4", "Enter"]);
  });

  test("a pcProx types nothing while it is ours, and types again when it is let go", () => {
    // Told only once it types again.
    expect(ofKind("pcprox")).toEqual([{ kind: "pcprox", typed: false }]);
  });

  test("no file stays open from one time to the next", () => {
    const [first, last] = ofKind("handles").map(({ open }) => open.map(kindOf).sort());
    expect(first).toBeDefined();
    expect(last).toEqual(first);
  });
});

/** Pipes and sockets are told by numbers that change. */
const kindOf = (path: string) => path.replace(/\[\d+\]$/, "");
