import {
  encodeFrame,
  type Framing,
  noFrame,
  pushFrameBytes,
} from "../../card-readers/elatec-simple/frame-codec.ts";
import {
  beepOf,
  foundTag,
  refusal,
  type SimulatedChip,
  type SimulatedTag,
  text,
  u32,
  yes,
} from "./elatec-answers.ts";
import { answerOfChip } from "./elatec-chip.ts";
import { type AboutReader, aboutReader, elatecService } from "./elatec-service.ts";
import type { VirtualCard, VirtualReader } from "./virtual-reader.ts";

export interface ElatecSimple extends VirtualReader {
  hold(card: VirtualCard, type?: number, chip?: SimulatedChip): void;
  /** Which lights are on: red 1, green 2, yellow 4. */
  lights(): number;
  beeps(): number;
  /** It goes on hanging, or not: it hears, and says nothing. */
  hang(hangs: boolean): void;
  /** It is switched off and on: its clock begins anew. */
  restart(): void;
  /** Commands that it took, such as `0500`; the newest last. */
  commands(): readonly string[];
}

export interface ElatecSimpleOptions {
  readonly send: (bytes: Uint8Array) => void;
  readonly framing?: Framing;
  readonly version?: string;
  /** Twelve bytes, in hex. */
  readonly uid?: string;
  /** Older firmware has no commands for lights, only those for the pins that they are at. */
  readonly lights?: "commands" | "pins" | "none";
  readonly about?: Partial<AboutReader>;
  /** Monotonic milliseconds; it has been on for a minute at the first of them, or for `upMs`. */
  readonly now?: () => number;
  readonly upMs?: number;
}

const mifare = 0x80;
const commandsMost = 10_000;

/** A virtual Elatec TWN4 that answers the Simple Protocol, in any of its four framings. */
export function elatecSimple(options: ElatecSimpleOptions): ElatecSimple {
  const {
    send,
    framing = { digits: true, crc: false },
    version = "TWN4/B1.03/CCF1.57/PRS1.03/PI",
    uid = "2D002F000B47303531353233",
    lights: known = "commands",
    now = () => performance.now(),
    upMs = 60_000,
  } = options;
  let state = noFrame;
  let tag: SimulatedTag | undefined;
  let lights = 0;
  let beeps = 0;
  let hangs = false;
  let startedAt = now() - upMs;
  let service = elatecService({ ...aboutReader, ...options.about });
  const commands: string[] = [];
  const timers = new Set<NodeJS.Timeout>();

  const say = (message: Uint8Array) => send(encodeFrame(message, framing));

  function sound(payload: Uint8Array): Uint8Array | undefined {
    const beep = beepOf(payload);
    if (beep === undefined) return refusal("missing parameter");
    beeps += 1;
    const timer = setTimeout(() => {
      timers.delete(timer);
      say(yes());
    }, beep.onMs + beep.offMs);
    timers.add(timer);
    return undefined;
  }

  /** By the last digit of the command, which is the same for lights and for their pins. */
  function shine(command: string, [which = 0]: Uint8Array): Uint8Array {
    const digit = Number(command.at(-1));
    const [on, off, toggle, blink] = command.startsWith("040") ? [2, 3, 4, 5] : [1, 2, 3, 4];
    if (digit === on || digit === blink) lights |= which;
    if (digit === off) lights &= ~which;
    if (digit === toggle) lights ^= which;
    return yes();
  }

  /** What it answers; undefined when it has nothing to say, or not yet. */
  function answer(message: Uint8Array): Uint8Array | undefined {
    const command = Buffer.from(message.subarray(0, 2)).toString("hex").toUpperCase();
    const payload = message.subarray(2);
    if (commands.length < commandsMost) commands.push(command);
    const hasLights = known === "commands";
    const hasPins = known !== "none";
    switch (command) {
      case "0003":
        return yes(u32(Math.round(now() - startedAt)));
      case "0004":
        return yes(text(version));
      case "0008":
        return yes(Buffer.from(uid, "hex"));
      case "0407":
        return sound(payload);
      case "0400":
      case "0402":
      case "0403":
      case "0404":
      case "0405":
        return hasPins ? shine(command, payload) : refusal("unknown function");
      case "0410":
      case "0411":
      case "0412":
      case "0413":
      case "0414":
        return hasLights ? shine(command, payload) : refusal("unknown function");
      case "0500":
        if (payload.length < 1) return refusal("missing parameter");
        return yes(foundTag(tag && service.sees(tag)));
      case "0501":
        return yes();
      default:
        return (
          service.answer(command, payload) ??
          answerOfChip(command, payload, tag) ??
          refusal("unknown function")
        );
    }
  }

  return {
    hear(bytes) {
      const frames = pushFrameBytes(state, bytes, framing);
      // A length that cannot be is waited for by nobody.
      state = frames.state.lost && !framing.digits ? noFrame : frames.state;
      if (hangs) return;
      if (frames.damaged > 0) say(refusal("parser"));
      for (const message of frames.messages) {
        const said = answer(message);
        if (said !== undefined) say(said);
      }
    },
    hold(card, type = mifare, chip = {}) {
      tag = { ...card, ...chip, type };
    },
    remove() {
      tag = undefined;
    },
    lights: () => lights,
    beeps: () => beeps,
    hang(now) {
      hangs = now;
    },
    restart() {
      startedAt = now();
      service = elatecService({ ...aboutReader, ...options.about });
      lights = 0;
    },
    commands: () => commands,
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
