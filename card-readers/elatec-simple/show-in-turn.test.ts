import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { showInTurn } from "./show-in-turn.ts";
import { idle, type Signal, signals } from "./signals.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lights of which each signal takes 100 ms to show. */
function lit() {
  const shown: Signal[] = [];
  const signalling = showInTurn(
    {
      async show(signal) {
        shown.push(signal);
        await new Promise((resolve) => setTimeout(resolve, 100));
      },
    },
    (error) => {
      throw error;
    },
  );
  return { ...signalling, shown };
}

it("shows a signal as long as it lasts, also one that came while another was shown", async () => {
  const { show, shown } = lit();
  show("refused");
  show("busy");
  await vi.advanceTimersByTimeAsync(200 + 4_999);
  expect(shown).toEqual([signals.refused, signals.busy]);
  await vi.advanceTimersByTimeAsync(1);
  expect(shown).toEqual([signals.refused, signals.busy, idle]);
});

it("shows of several that wait the newest alone", async () => {
  const { show, shown } = lit();
  show("busy");
  show("offline");
  show("accepted");
  await vi.advanceTimersByTimeAsync(300);
  expect(shown).toEqual([signals.busy, signals.accepted]);
});

it("shows nothing any more once it was stopped, whatever was being shown", async () => {
  const { show, stop, shown } = lit();
  show("refused");
  stop();
  show("accepted");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shown).toEqual([signals.refused]);
  expect(vi.getTimerCount()).toBe(0);
});
