import type { VirtualCard, VirtualReader } from "./virtual-reader.ts";

export interface RfIdeasAscii extends VirtualReader {
  /** 0 off, 1 red, 2 green, 3 amber, 255 as the reader likes. */
  led(): number;
  beeps(): number;
  hang(hangs: boolean): void;
}

const longestCommand = 80;
const tickMs = 48;

/**
 * A virtual RF IDeas reader that speaks the ASCII protocol: it echoes and prompts until it is told not
 * to, and remembers the last card until it is asked for it.
 */
export function rfIdeasAscii({ send }: { readonly send: (text: string) => void }): RfIdeasAscii {
  let buffer = "";
  let echoes = true;
  let prompts = true;
  let hangs = false;
  let led = 255;
  let beeps = 0;
  let card: { readonly card: VirtualCard; readonly at: number } | undefined;

  function obey(command: string): string {
    const [, name = "", value] = /^rfid:([a-z.]+)(?:=(\w+))?\??$/i.exec(command) ?? [];
    switch (name) {
      case "cmd.echo":
        echoes = isOn(value);
        return "{}";
      case "cmd.prompt":
        prompts = isOn(value);
        return "{}";
      case "qid":
        return lastCard(card);
      case "qid.id":
      case "qid.id.hold": {
        const told = lastCard(card);
        card = undefined;
        return told;
      }
      case "out.led":
        if (value === undefined) return `{${led}}`;
        if (![0, 1, 2, 3, 255].includes(Number(value))) return "Error#4";
        led = Number(value);
        return "{}";
      case "beep.now":
        beeps += Number(value ?? 0);
        return "{}";
      default:
        return "Error#1";
    }
  }

  return {
    hear(bytes) {
      for (const letter of Buffer.from(bytes).toString("latin1")) {
        if (letter !== "\r" && letter !== "\n") {
          buffer += letter;
          if (buffer.length <= longestCommand) continue;
          buffer = "";
          send("\r\nError#2\r\n");
          continue;
        }
        const command = buffer.trim();
        buffer = "";
        if (command === "" || hangs) continue;
        if (echoes) send(command);
        const answer = obey(command);
        send(`\r\n${answer}\r\n${prompts ? "\r\nRF IDeas>" : ""}`);
      }
    },
    hold(held) {
      card = { card: held, at: performance.now() };
    },
    remove: () => undefined,
    led: () => led,
    beeps: () => beeps,
    hang(now) {
      hangs = now;
    },
    close: () => undefined,
  };
}

/** `{age,overrun,lockout,bits;id}` of the last card, or that there is none. `overrun`: cards it missed. */
export function lastCard(
  last: { readonly card: VirtualCard; readonly at: number } | undefined,
  now: number = performance.now(),
  overrun = 0,
): string {
  if (last === undefined) return "{0x0000,0,0x0000,0;0x00}";
  const { id, bits } = last.card;
  const age = Math.min(0xffff, Math.round((now - last.at) / tickMs));
  const value = BigInt(`0x${Buffer.from(id).toString("hex")}`) >> BigInt(id.length * 8 - bits);
  const hex = (it: number | bigint, digits: number) =>
    `0x${it.toString(16).toUpperCase().padStart(digits, "0")}`;
  return `{${hex(age, 4)},${overrun},0x0000,${bits};${hex(value, id.length * 2)}}`;
}

function isOn(value: string | undefined): boolean {
  return value === "1" || value?.toUpperCase() === "T";
}
