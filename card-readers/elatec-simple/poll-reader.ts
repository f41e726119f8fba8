import { hexOfBits } from "../card-bits.ts";
import { decidePresence, nobody } from "../decide-presence.ts";
import type { DriverEvents } from "../driver.ts";
import { ReaderTrouble } from "../transport/trouble.ts";
import { readFoundTag, readU32 } from "./answers.ts";
import type { AskReader } from "./ask-reader.ts";
import { commands } from "./commands.ts";
import { tagTypeName } from "./tag-types.ts";

/** A reader of this kind never speaks unasked. */
const pollMs = 150;
/** How often it is asked whether it is still the one that we shook hands with. */
const aliveMs = 5_000;
/** Answers in a row that are none. */
const nonsenseMost = 5;
/** How much its clock may be behind ours after a while: what a message takes, and a bad crystal. */
const behindMs = 2_000;
const behindShare = 0.05;

/** Asks for cards until `stopped`. Throws ReaderTrouble when the reader cannot be used any more. */
export async function pollReader(options: {
  readonly reader: AskReader;
  readonly events: Pick<DriverEvents, "onCard" | "onRemoved">;
  readonly now: () => number;
  readonly address: string;
  readonly stopped: AbortSignal;
}): Promise<void> {
  const { reader, events, now, address, stopped } = options;
  let presence = nobody;
  let nonsense = 0;
  let clock: Clock | undefined;

  while (!stopped.aborted) {
    const answer = await reader.ask(commands.searchTag);
    if (stopped.aborted) return;
    const tag = answer.kind === "done" ? readFoundTag(answer.payload) : undefined;
    nonsense = tag === undefined ? nonsense + 1 : 0;
    if (nonsense >= nonsenseMost)
      throw new ReaderTrouble(
        "silent",
        `The reader at ${address} does not answer what it is asked.`,
      );
    if (tag !== undefined) {
      const text = tag === "none" ? undefined : hexOfBits(tag.id, tag.bits);
      const decided = decidePresence(presence, text, now());
      presence = decided.presence;
      if (decided.tell === "removed") events.onRemoved();
      if (decided.tell === "card" && tag !== "none" && text !== undefined) {
        const { id: bytes, bits } = tag;
        events.onCard({ text, bytes, bits, medium: "rfid", tagType: tagTypeName(tag.type) });
      }
    }
    if (clock === undefined || now() - clock.at >= aliveMs) {
      const answered = await reader.ask(commands.sysTicks);
      const ticks = answered.kind === "done" ? readU32(answered.payload) : undefined;
      const next: Clock = { ticks, at: now() };
      if (clock !== undefined && wasRestarted(clock, next))
        throw new ReaderTrouble("gone", `The reader at ${address} was restarted.`);
      clock = next;
    }
    await pause(stopped);
  }
}

/** What the reader's clock said, in milliseconds since it was switched on, and when by ours. */
interface Clock {
  readonly ticks: number | undefined;
  readonly at: number;
}

/**
 * A clock that did not go on as ours did is that of a reader which was restarted, and knows nothing of
 * our handshake. It counts in 32 bits, and so begins anew every seven weeks.
 */
function wasRestarted(before: Clock, after: Clock): boolean {
  if (before.ticks === undefined || after.ticks === undefined) return false;
  const passed = after.at - before.at;
  const counted = (after.ticks - before.ticks) >>> 0;
  const least = passed * (1 - behindShare) - behindMs;
  return counted < least || counted > passed * (1 + behindShare) + behindMs;
}

function pause(stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, pollMs);
    function done() {
      clearTimeout(timer);
      stopped.removeEventListener("abort", done);
      resolve();
    }
    stopped.addEventListener("abort", done);
  });
}
