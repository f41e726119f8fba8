import type { Feedback } from "../reader.ts";
import { type Beep, light } from "./commands.ts";

/** What a person sees and hears: lights that are on for a while, and sounds. */
export interface Signal {
  readonly lights: number;
  readonly beeps: readonly Beep[];
  /** How long until it looks idle again; undefined until the next signal. */
  readonly lastsMs: number | undefined;
}

const high = (onMs: number): Beep => ({ volume: 100, hertz: 2_400, onMs, offMs: 0 });
const low = (onMs: number): Beep => ({ volume: 100, hertz: 1_000, onMs, offMs: 80 });

/** Somebody may come. */
export const idle: Signal = { lights: light.green, beeps: [], lastsMs: undefined };

/** Told apart by light and by sound, so that neither is needed to understand the other. */
export const signals: Record<Feedback, Signal> = {
  accepted: { lights: light.green | light.yellow, beeps: [high(80)], lastsMs: 1_500 },
  refused: { lights: light.red, beeps: [low(150), low(150)], lastsMs: 2_000 },
  busy: { lights: light.yellow, beeps: [], lastsMs: 5_000 },
  offline: { lights: light.red | light.yellow, beeps: [low(400)], lastsMs: 2_000 },
};
