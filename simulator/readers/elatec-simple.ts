import {
  encodeFrame,
  type Framing,
  noFrame,
  pushFrameBytes,
} from "../../card-readers/elatec-simple/frame-codec.ts";
import { beepOf, foundTag, refusal, type SimulatedTag, text, u32, yes } from "./elatec-answers.ts";
import type { VirtualCard, VirtualReader } from "./virtual-reader.ts";

export interface ElatecSimple extends VirtualReader {
  hold(card: VirtualCard, type?: number): void;
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
  } = options;
  let state = noFrame;
  let tag: SimulatedTag | undefined;
  let lights = 0;
  let beeps = 0;
  let hangs = false;
  // It has been on for a while.
  let startedAt = performance.now() - 60_000;
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

  function shine(payload: Uint8Array, on: boolean): Uint8Array {
    const which = payload[0] ?? 0;
    lights = on ? lights | which : lights & ~which;
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
        return yes(u32(Math.round(performance.now() - startedAt)));
      case "0004":
        return yes(text(version));
      case "0005":
        return yes([1]);
      case "0008":
        return yes(Buffer.from(uid, "hex"));
      case "0407":
        return sound(payload);
      case "0400":
      case "0402":
      case "0403":
        if (!hasPins) return refusal("unknown function");
        return command === "0400" ? yes() : shine(payload, command === "0402");
      case "0410":
      case "0411":
      case "0412":
        if (!hasLights) return refusal("unknown function");
        return command === "0410" ? yes() : shine(payload, command === "0411");
      case "0500":
        return payload.length < 1 ? refusal("missing parameter") : yes(foundTag(tag));
      case "0501":
        return yes();
      case "0502":
        return payload.length < 8 ? refusal("missing parameter") : yes();
      default:
        return refusal("unknown function");
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
    hold(card, type = mifare) {
      tag = { ...card, type };
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
      startedAt = performance.now();
      lights = 0;
    },
    commands: () => commands,
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
