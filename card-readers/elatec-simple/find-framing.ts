import { ReaderTrouble } from "../transport/trouble.ts";
import type { ByteWire } from "../transport/wire.ts";
import { readText } from "./answers.ts";
import type { AskReader } from "./ask-reader.ts";
import { commands } from "./commands.ts";
import type { Framing } from "./frame-codec.ts";

/** As readers are sold. */
export const usualFraming: Framing = { digits: true, crc: false };

/**
 * Binary first: a reader of binary frames would take the digits `00` for a length of 12,336 and wait for
 * so many bytes, while a reader of digits is in step again after the next CR, whatever came before.
 */
const framings: readonly Framing[] = [
  { digits: false, crc: false },
  { digits: false, crc: true },
  usualFraming,
  { digits: true, crc: true },
  // It may have just been switched on.
  usualFraming,
];

/** Twice what the answer takes at 9600 baud, and something for a converter on the way. */
const answerMs = { binary: 120, digits: 250 } as const;
/** For the complaint about a line that was none. */
const complaintMs = 50;

/**
 * Finds out how the reader frames its messages by asking for its version, and gives that. Throws
 * ReaderTrouble `foreign` when it understands none of the four ways.
 */
export async function findFraming(wire: ByteWire, reader: AskReader): Promise<string> {
  for (const framing of framings) {
    reader.use(framing);
    if (framing.digits) {
      // Ends the line that the other tries have begun.
      wire.write("\r");
      await new Promise((resolve) => setTimeout(resolve, complaintMs));
      await wire.discard();
    }
    const version = await versionOf(reader, answerMs[framing.digits ? "digits" : "binary"]);
    if (version !== undefined) return version;
  }
  throw new ReaderTrouble("foreign", `What is at ${wire.address} does not know Simple Protocol.`);
}

async function versionOf(reader: AskReader, timeoutMs: number): Promise<string | undefined> {
  try {
    const answer = await reader.ask(commands.versionString, { timeoutMs, again: 0 });
    return answer.kind === "done" ? readText(answer.payload) : undefined;
  } catch (error) {
    if (error instanceof ReaderTrouble && error.kind === "silent") return undefined;
    throw error;
  }
}
