import type { LineEnding } from "./dialling-reader.ts";
import type { WiredReader } from "./virtual-reader.ts";

/** What a host told the reader to do. */
export type ReaderCommand = "show-error" | "beep" | "tell-version";

/** A network reader, which says whatever number there is, in whatever letters. */
export interface NetworkReader extends WiredReader {
  hold(card: string): void;
  /** What the host asked of it, in order. */
  commands(): readonly ReaderCommand[];
}

const commandsMax = 1000;

/**
 * A reader of the kind that PaperCut's published sample describes: it prompts at a carriage return, and
 * takes commands of one letter: `v` version, `e` error, `b` beep. Other bytes are ignored.
 */
export function networkReader(options: {
  readonly send: (text: string) => void;
  readonly version?: string;
  readonly ending?: LineEnding;
}): NetworkReader {
  const { send, version = "Guichet virtual reader", ending = "\r" } = options;
  const commands: ReaderCommand[] = [];

  function obey(letter: string): void {
    const command = commandOf(letter);
    if (letter === "\r") send("> ");
    if (command === "tell-version") send(`${version}\r`);
    if (command !== undefined && commands.length < commandsMax) commands.push(command);
  }

  return {
    hear(bytes) {
      for (const letter of Buffer.from(bytes).toString("latin1")) obey(letter);
    },
    hold: (card) => send(`${card}${ending}`),
    // It tells a card once, however long it stays.
    remove: () => undefined,
    close: () => undefined,
    commands: () => commands,
  };
}

function commandOf(letter: string): ReaderCommand | undefined {
  switch (letter) {
    case "v":
      return "tell-version";
    case "e":
      return "show-error";
    case "b":
      return "beep";
    default:
      return undefined;
  }
}
