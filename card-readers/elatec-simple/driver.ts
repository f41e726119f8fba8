import type { Driver } from "../driver.ts";
import { ReaderTrouble, troubleOf } from "../transport/trouble.ts";
import { bytesOf } from "../transport/wire.ts";
import { readDeviceUid } from "./answers.ts";
import { type AskReader, askReader } from "./ask-reader.ts";
import { commands } from "./commands.ts";
import { applySettings, elatecSettings } from "./elatec-settings.ts";
import { findFraming, usualFraming } from "./find-framing.ts";
import { pollReader } from "./poll-reader.ts";
import { showInTurn } from "./show-in-turn.ts";
import { findLights, type Lights } from "./show-signal.ts";
import { idle } from "./signals.ts";

/** A port that was just plugged in may still hold what other programs asked of it. */
const settleMs = 200;
/** A reader that is left shall not keep its port from the next one. */
const goodbyeMs = 300;

/**
 * Elatec TWN4 with a program that answers the Simple Protocol, over a serial line, a USB socket that
 * acts as one, or a converter to TCP.
 */
export const driver: Driver = {
  async open({ wire: open, candidate, events, now, settings }) {
    const wire = bytesOf(open);
    const wanted = elatecSettings(settings, wire.address);
    const reader = askReader(wire, usualFraming);
    if (candidate.transport === "serial") {
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      await wire.discard();
    }
    const version = await findFraming(wire, reader);
    const uid = await reader.ask(commands.deviceUid);
    const unique = uid.kind === "done" ? readDeviceUid(uid.payload) : undefined;
    await applySettings(reader, wanted, wire.address);
    // Pins of a model that nobody knows may do anything.
    const lights = /^TWN4\b/i.test(version) ? await findLights(reader) : undefined;
    await lights?.show(idle);

    const over = new AbortController();
    const fail = (error: unknown) => {
      if (over.signal.aborted) return;
      over.abort();
      const trouble = troubleOf(error, wire.address);
      reader.stop(trouble);
      events.onTrouble(trouble);
    };
    const signalling = lights && showInTurn(lights, fail);
    pollReader({ reader, events, now, address: wire.address, stopped: over.signal }).catch(fail);

    return {
      identity: {
        driver: "elatec-simple",
        model: "Elatec TWN4",
        firmware: version,
        ...(unique === undefined ? {} : { unique }),
      },
      capabilities: { feedback: lights !== undefined, presence: true, tagType: true },
      feedback: (feedback) => signalling?.show(feedback),
      async close() {
        signalling?.stop();
        if (!over.signal.aborted) {
          over.abort();
          await sayGoodbye(reader, lights);
        }
        reader.stop(new ReaderTrouble("gone", `The reader at ${wire.address} was closed.`));
        await wire.close();
      },
    };
  },
};

/** The lights of a reader that nobody reads are off, and so is its field. */
async function sayGoodbye(reader: AskReader, lights: Lights | undefined): Promise<void> {
  const options = { timeoutMs: goodbyeMs, again: 0 };
  try {
    await reader.ask(commands.fieldOff, options);
    await lights?.off(options);
  } catch {
    // It is left anyhow.
  }
}
