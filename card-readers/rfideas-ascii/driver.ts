import type { Driver, DriverEvents } from "../driver.ts";
import type { Feedback } from "../reader.ts";
import { ReaderTrouble, troubleOf } from "../transport/trouble.ts";
import { bytesOf } from "../transport/wire.ts";
import type { AsciiAnswer, LastCard } from "./ascii-codec.ts";
import { type AskAscii, askAscii } from "./ask-ascii.ts";
import { isFresh } from "./decide-fresh.ts";

/** No echo of what is sent to it, and no prompt. Kept until it is switched off, and nothing is burned in. */
const quiet = ["rfid:cmd.echo=0", "rfid:cmd.prompt=0"];
const prompting = "rfid:cmd.prompt=1";
/** Tells the last card and forgets it; with `hold` it is ready for the next one at once. */
const askedAndReady = "rfid:qid.id.hold";
const asked = "rfid:qid.id";
const light = { off: 0, red: 1, green: 2, amber: 3, own: 255 } as const;

/** Told apart by colour and by count. */
const signals: Record<Feedback, { readonly led: number; readonly beeps: number }> = {
  accepted: { led: light.green, beeps: 1 },
  refused: { led: light.red, beeps: 3 },
  busy: { led: light.amber, beeps: 0 },
  offline: { led: light.red, beeps: 2 },
};
const signalMs = 2_000;
const pollMs = 200;

/** RF IDeas readers with the ASCII protocol: serial, USB that acts as serial, and Ethernet. */
export const driver: Driver = {
  async open({ wire: open, events }) {
    const wire = bytesOf(open);
    const reader = askAscii(wire);
    for (const command of quiet) await reader.tell(command);
    // What lay on it before we came is nobody's tap.
    await reader.ask(askedAndReady, tellsCard).catch((error: unknown) => {
      if (!(error instanceof ReaderTrouble) || error.kind !== "silent") throw error;
      const sentence = `What is at ${wire.address} does not know the ASCII protocol of RF IDeas.`;
      throw new ReaderTrouble("foreign", sentence);
    });
    await reader.tell(`rfid:out.led=${light.own}`);

    let over = false;
    let timer: NodeJS.Timeout | undefined;
    const fail = (error: unknown) => {
      if (over) return;
      over = true;
      const trouble = troubleOf(error, wire.address);
      reader.stop(trouble);
      events.onTrouble(trouble);
    };
    poll(reader, events, () => over).catch(fail);

    const show = async ({ led, beeps }: (typeof signals)[Feedback]) => {
      await reader.tell(`rfid:out.led=${led}`);
      if (beeps > 0) await reader.tell(`rfid:beep.now=${beeps}`);
    };
    return {
      identity: { driver: "rfideas-ascii", model: "RF IDeas reader" },
      capabilities: { feedback: true, presence: false, tagType: false },
      feedback(feedback) {
        clearTimeout(timer);
        timer = setTimeout(() => show({ led: light.own, beeps: 0 }).catch(fail), signalMs);
        timer.unref();
        show(signals[feedback]).catch(fail);
      },
      async close() {
        clearTimeout(timer);
        if (!over) {
          over = true;
          await reader.tell(`rfid:out.led=${light.own}`).catch(() => undefined);
          await reader.tell(prompting).catch(() => undefined);
        }
        reader.stop(new ReaderTrouble("gone", `The reader at ${wire.address} was closed.`));
        await wire.close();
      },
    };
  },
};

async function poll(
  reader: AskAscii,
  events: Pick<DriverEvents, "onCard">,
  isOver: () => boolean,
): Promise<void> {
  let before: LastCard | undefined;
  while (!isOver()) {
    const answer = await reader.ask(asked, tellsCard);
    if (isOver()) return;
    const card = answer.kind === "card" ? answer.card : undefined;
    if (card !== undefined && isFresh(card, before)) {
      const { number: text, bytes, bits } = card;
      events.onCard({ text, bytes, bits, medium: "rfid" });
    }
    before = card;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

function tellsCard({ kind }: AsciiAnswer): boolean {
  return kind === "card" || kind === "no-card";
}
