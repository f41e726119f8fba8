import type { DeviceStates as Told } from "../../protocol/device-states.ts";
import type { DeviceProblem } from "../../protocol/kiosk.ts";

export type DeviceState = Told["devices"][number];

/** How devices are, as their bridges last told; forgotten with a restart, and told again. */
export type DeviceStates = {
  note: (state: DeviceState) => void;
  /** The last word, and how old it is in milliseconds. */
  of: (device: string) => { state: DeviceState; ageMs: number } | undefined;
};

/** Bridges tell every minute: twice that is silence. */
export const SILENT_AFTER_MS = 150_000;

/** `now`: monotonic milliseconds. Only declared devices are noted, so that it is bounded. */
export function createDeviceStates(now: () => number): DeviceStates {
  const last = new Map<string, { state: DeviceState; at: number }>();
  return {
    note: (state) => void last.set(state.device, { state, at: now() }),
    of(device) {
      const told = last.get(device);
      return told === undefined ? undefined : { state: told.state, ageMs: now() - told.at };
    },
  };
}

const sentences: Record<DeviceProblem, string> = {
  unreachable: "It does not answer its bridge.",
  "key-changed": "It shows another key than the one that was trusted: see guichet device repin.",
  "paper-jam": "Paper is jammed.",
  "door-open": "A door is open.",
  "out-of-paper": "It is out of paper.",
  "out-of-toner": "It is out of toner.",
  "output-full": "Its output tray is full.",
  "needs-attention": "It needs attention.",
  paused: "It is paused at its panel.",
};

/** What keeps people from printing at a device, in a sentence; undefined where nothing does. */
export function troubleOfDevice(
  asked: { device: string; bridge: string; isOff: boolean },
  states: DeviceStates,
): string | undefined {
  const { device, bridge, isOff } = asked;
  if (isOff) return "It is switched off by an administrator.";
  const told = states.of(device);
  if (told === undefined)
    return `Its bridge "${bridge}" has not told of it since the server started.`;
  if (told.ageMs > SILENT_AFTER_MS)
    return `Its bridge "${bridge}" has been silent for ${Math.round(told.ageMs / 1000)} seconds.`;
  const { state, problems } = told.state;
  if (state !== "blocked") return undefined;
  const [problem = "needs-attention"] = problems;
  return sentences[problem];
}
