import { type LineForm, lineForms } from "./line-forms.ts";
import type { VirtualCard, VirtualReader } from "./virtual-reader.ts";

export interface LineReader extends VirtualReader {
  /** Anything else that such a reader may say, as it is. */
  say(text: string): void;
}

/**
 * A virtual reader that sends lines: a TWN3 or TWN4 as it is sold, an RDM6300, or a scanner. It tells
 * each card once, and takes no commands. `banner` is what it says when it is switched on.
 */
export function lineReader(options: {
  readonly send: (text: string) => void;
  readonly form?: LineForm;
  readonly banner?: string;
}): LineReader {
  const { send, form = "standard", banner } = options;
  if (banner !== undefined) send(`${banner}\r`);
  return {
    // It has no ears.
    hear: () => undefined,
    hold: (card: VirtualCard) => send(lineForms[form](card)),
    remove: () => undefined,
    say: send,
    close: () => undefined,
  };
}
