import type { Feedback } from "../reader.ts";
import {
  type Beeps,
  type Capability,
  capabilityOf,
  command,
  encodeBeeps,
  encodeLight,
  type Light,
} from "./message-codec.ts";
import type { Wanted } from "./panel-state.ts";

type Shown = {
  readonly light: Pick<Light, "on" | "off" | "onMs" | "offMs" | "forMs">;
  readonly beeps?: Pick<Beeps, "onMs" | "offMs" | "times">;
};

/** Sound tells the same as colour, for those who see no difference between red and green. */
const shown: Record<Feedback, Shown> = {
  accepted: {
    light: { on: "green", off: "green", onMs: 200, offMs: 0, forMs: 2_000 },
    beeps: { onMs: 100, offMs: 100, times: 1 },
  },
  refused: {
    light: { on: "red", off: "off", onMs: 200, offMs: 200, forMs: 2_000 },
    beeps: { onMs: 100, offMs: 100, times: 3 },
  },
  busy: { light: { on: "amber", off: "off", onMs: 200, offMs: 200, forMs: 3_000 } },
  offline: {
    light: { on: "amber", off: "amber", onMs: 200, offMs: 0, forMs: 3_000 },
    beeps: { onMs: 300, offMs: 200, times: 2 },
  },
};

/** Commands that show it, as far as the reader said that it can; one that said nothing is tried. */
export function showFeedback(feedback: Feedback, capabilities: readonly Capability[]): Wanted[] {
  const { light, beeps } = shown[feedback];
  const wanted: Wanted[] = [];
  if (can(capabilities, capabilityOf.led))
    wanted.push({ code: command.led, data: encodeLight({ reader: 0, led: 0, ...light }) });
  if (beeps !== undefined && can(capabilities, capabilityOf.buzzer))
    wanted.push({ code: command.buzzer, data: encodeBeeps({ reader: 0, ...beeps }) });
  return wanted;
}

/** Whether the reader has any of both. */
export const hasFeedback = (capabilities: readonly Capability[]): boolean =>
  can(capabilities, capabilityOf.led) || can(capabilities, capabilityOf.buzzer);

function can(capabilities: readonly Capability[], what: number): boolean {
  return (
    capabilities.length === 0 || capabilities.some(({ of, level }) => of === what && level > 0)
  );
}
