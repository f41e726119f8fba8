import type { AskOptions, AskReader } from "./ask-reader.ts";
import { commands, light } from "./commands.ts";
import type { Signal } from "./signals.ts";

export interface Lights {
  /** Shows it; a reader that cannot is not asked again. */
  show(signal: Signal): Promise<void>;
  off(options: AskOptions): Promise<void>;
}

/**
 * Finds out how the reader's lights are set: by commands for lights, or in older firmware by those for
 * the pins that they are at. Gives undefined when it knows neither.
 */
export async function findLights(reader: AskReader): Promise<Lights | undefined> {
  const ways = [
    { init: commands.lightsInit, on: commands.lightsOn, off: commands.lightsOff },
    { init: commands.pinsInit, on: commands.pinsSet, off: commands.pinsClear },
  ];
  for (const { init, on, off } of ways) {
    const answer = await reader.ask(init);
    if (answer.kind === "refused") continue;
    return {
      async off(options) {
        await reader.ask(off(light.all), options);
      },
      async show({ lights, beeps }) {
        const others = light.all & ~lights;
        if (others !== 0) await reader.ask(off(others));
        await reader.ask(on(lights));
        for (const beep of beeps) {
          // It answers when it is silent again. A second try would sound a second time.
          const timeoutMs = 2_000 + beep.onMs + beep.offMs;
          await reader.ask(commands.beep(beep), { timeoutMs, again: 0 });
        }
      },
    };
  }
  return undefined;
}
