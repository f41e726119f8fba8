import { refusal, type SimulatedTag, text, u32, yes } from "./elatec-answers.ts";

/** What a reader knows of itself. */
export interface AboutReader {
  readonly usbType: number;
  readonly deviceType: number;
  readonly lastError: number;
  readonly serial: string;
  /** The kinds of chip that its model reads, a bit each. */
  readonly supported: { readonly lf: number; readonly hf: number };
  /** A model for LEGIC without iCLASS takes no parameter for it. */
  readonly knowsPac: boolean;
}

/** Plugged in as a serial line, for MIFARE, and everything that there is. */
export const aboutReader: AboutReader = {
  usbType: 1,
  deviceType: 11,
  lastError: 0,
  serial: "00000001",
  supported: { lf: 0xffffffff, hf: 0xffffffff },
  knowsPac: true,
};

const iclass = 0x84;
const readMode = 0x07;

/** What a reader is asked and told of itself: how it is set, and which chips it sees therefore. */
export function elatecService(about: AboutReader) {
  let looksFor = about.supported;
  let tellsPac = false;
  let isBoardLit = false;

  function setParameters([length = 0, ...rest]: Uint8Array): Uint8Array {
    const list = rest.slice(0, length);
    if (list.length === 0) return refusal("missing parameter");
    for (let at = 0; (list[at] ?? 0) !== 0; at += 2 + (list[at + 1] ?? 0)) {
      if (list[at] !== readMode) continue;
      if (!about.knowsPac) return yes([0]);
      tellsPac = list[at + 2] === 1;
    }
    return yes([1]);
  }

  function lightBoard(lit: boolean): Uint8Array {
    isBoardLit = lit;
    return yes();
  }

  return {
    /** The tag as it is told of; undefined when the reader does not look for its kind. */
    sees(tag: SimulatedTag): SimulatedTag | undefined {
      const word = tag.type < 0x80 ? looksFor.lf : looksFor.hf;
      if ((word & (1 << (tag.type & 0x1f))) === 0) return undefined;
      return tellsPac && tag.type === iclass && tag.pac !== undefined
        ? { ...tag, ...tag.pac }
        : tag;
    },
    /** Undefined to a command that is none of these. */
    answer(command: string, payload: Uint8Array): Uint8Array | undefined {
      switch (command) {
        case "0005":
          return yes([about.usbType]);
        case "0006":
          return yes([about.deviceType]);
        case "0009":
          return setParameters(payload);
        case "000A":
          return yes(u32(about.lastError));
        case "000D":
          return payload.length < 1 ? refusal("missing parameter") : yes(text(about.serial));
        case "0408":
        case "0409":
          return lightBoard(command === "0408");
        case "040A":
          return lightBoard(!isBoardLit);
        case "040B":
          return yes([isBoardLit ? 1 : 0]);
        case "0502": {
          if (payload.length < 8) return refusal("missing parameter");
          const words = Buffer.from(payload);
          looksFor = { lf: words.readUInt32LE(0), hf: words.readUInt32LE(4) };
          return yes();
        }
        case "0503":
          return yes([...u32(looksFor.lf), ...u32(looksFor.hf)]);
        case "0504":
          return yes([...u32(about.supported.lf), ...u32(about.supported.hf)]);
        default:
          return undefined;
      }
    },
  };
}
