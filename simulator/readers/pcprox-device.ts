/** A card as an antenna sees it: its bits, the first one leftmost, such as the 26 of H10301. */
export interface WiegandCard {
  readonly number: bigint;
  readonly bits: number;
}

/** An RF IDeas pcProx without a cable: takes and gives the feature reports that the real one does. */
export interface PcproxDevice {
  /** A feature report of eight bytes that the host sent; others are refused. */
  setReport(report: Uint8Array): boolean;
  /** The one that it fetches. */
  getReport(): Uint8Array;
  /** A card is held to it, or taken away. */
  hold(card: WiegandCard): void;
  remove(): void;
  /** What it types of the card, unless the host halted that: decimal, with Enter. */
  types(card: WiegandCard): string;
  light(): "off" | "red" | "green" | "amber" | "its own";
  typesNothing(): boolean;
  /** What was written for ever. A host that only uses it writes nothing so. */
  eepromWrites(): number;
}

const length = 8;
const noAnswer = () => new Uint8Array(length);

/** One parity bit at each end, as most cards have, is stripped before the host sees the number. */
const leading = 1;
const trailing = 1;

export function createPcproxDevice(
  options: { readonly firmware?: readonly [number, number, number]; readonly type?: number } = {},
): PcproxDevice {
  const { firmware = [7, 3, 0], type = 0x1234 } = options;
  const pages = [
    // 40 is Enter on the wire of a USB keyboard; 0x08 sends the facility, too.
    Uint8Array.of(3, 5, leading | (trailing << 4), 16, 26, 0, 40, 0x08),
    Uint8Array.of(0, 2, 20, 20, 1, 1, 0, 0),
    Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0),
  ];
  let selected: number | undefined;
  let answer: () => Uint8Array = noAnswer;
  let held: WiegandCard | undefined;
  let askedFor: WiegandCard | undefined;
  let eeprom = 0;

  const page = (index: number): Uint8Array => pages[index] ?? noAnswer();
  const stripped = ({ number, bits }: WiegandCard) => {
    const left = Math.max(1, bits - leading - trailing);
    return { bits: left, number: (number >> BigInt(trailing)) & ((1n << BigInt(left)) - 1n) };
  };

  function infoReport(): Uint8Array {
    const [major, minor, release] = firmware;
    return Uint8Array.of(0, 0, (minor << 4) | release, major, 0, type & 0xff, type >> 8, 0);
  }

  function cardReport(): Uint8Array {
    const report = Buffer.alloc(length);
    if (askedFor !== undefined) report.writeBigUInt64LE(stripped(askedFor).number);
    return Uint8Array.from(report);
  }

  function bitsReport(): Uint8Array {
    if (askedFor === undefined) return noAnswer();
    const { bits } = stripped(askedFor);
    return Uint8Array.of(bits, bits, 0, 0, 0, 0, 0, 0);
  }

  /** A page's number alone chooses it; what follows is its new content. */
  function choose(report: Uint8Array): boolean {
    const [code = 0] = report;
    switch (code) {
      case 0x80:
      case 0x81:
      case 0x82: {
        const chosen = code - 0x80;
        selected = chosen;
        answer = () => Uint8Array.from(page(chosen));
        return true;
      }
      case 0x8a:
        answer = infoReport;
        return true;
      case 0x8f:
        askedFor = held;
        answer = cardReport;
        return true;
      case 0x8e:
        answer = bitsReport;
        return true;
      case 0x90:
        if ((report[1] ?? 0) !== 0) eeprom += 1;
        selected = undefined;
        answer = noAnswer;
        return true;
      default:
        return false;
    }
  }

  return {
    setReport(report) {
      if (report.length !== length) return false;
      if (selected !== undefined && report[0] !== 0x90 && !isChoice(report)) {
        pages[selected] = Uint8Array.from(report);
        selected = undefined;
        return true;
      }
      return choose(report);
    },
    getReport: () => answer(),
    hold(card) {
      held = card;
    },
    remove() {
      held = undefined;
    },
    types: (card) => `${stripped(card).number}\n`,
    light() {
      const [lights = 0, flags = 0] = page(2);
      if ((flags & 0x02) === 0) return "its own";
      return (["off", "red", "green", "amber"] as const)[lights & 0x03] ?? "off";
    },
    typesNothing: () => ((page(0)[7] ?? 0) & 0x80) !== 0,
    eepromWrites: () => eeprom,
  };
}

/** No page begins with such a byte and zeros behind it. */
function isChoice(report: Uint8Array): boolean {
  return (report[0] ?? 0) >= 0x80 && report.slice(1).every((byte) => byte === 0);
}
