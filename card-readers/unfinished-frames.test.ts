import process from "node:process";
import { expect, it } from "vitest";
import { type ElatecSimple, elatecSimple } from "../simulator/readers/elatec-simple.ts";
import type { lineForms } from "../simulator/readers/line-forms.ts";
import { lineReader } from "../simulator/readers/line-reader.ts";
import { hasPtys, plugIntoPty } from "../simulator/readers/over-pty.ts";
import { dialAsReader } from "../simulator/readers/over-tcp.ts";
import { rfIdeasAscii } from "../simulator/readers/rfideas-ascii.ts";
import { type VirtualReader, virtualCard } from "../simulator/readers/virtual-reader.ts";
import { dice } from "./dice.fixture.ts";
import type { ReaderPlace } from "./open-readers.ts";
import { watchReaders } from "./watch-readers.fixture.ts";

const soak = process.env.GUICHET_SOAK === "1";
const overTcp = soak ? 1_000 : 25;
const overPauses = soak ? 1_000 : 8;
const overPtys = soak ? 1_000 : 6;
const options = { timeout: soak ? 3_600_000 : 60_000 };

/** Sixteen digits, so that what is cut from it is still as long as other cards. */
const number = "04D7A79A97378012";
const card = virtualCard(number);

const latin1 = (text: string) => Buffer.from(text, "latin1");

interface Kind {
  readonly driver: string;
  readonly make: (send: (bytes: Uint8Array | string) => void) => VirtualReader;
  /** Whether these bytes of the reader are the frame with the card, and how many of them end it. */
  readonly end: (bytes: Buffer) => number | undefined;
}

const lines = (driver: string, form: keyof typeof lineForms, end: number): Kind => ({
  driver,
  make: (send) => lineReader({ send, form }),
  end: () => end,
});
const kinds: Kind[] = [
  lines("network", "standard", 1),
  lines("network", "crlf", 2),
  lines("line", "standard", 1),
  lines("line", "indiTag", 2),
  {
    driver: "elatec-simple",
    make: (send): ElatecSimple => elatecSimple({ send, framing: { digits: false, crc: true } }),
    end: (bytes) => (bytes.includes(Buffer.from(card.id)) ? 1 : undefined),
  },
  {
    driver: "rfideas-ascii",
    make: (send) => rfIdeasAscii({ send }),
    // The brace and the end of the line.
    end: (bytes) => (bytes.includes(number) ? 3 : undefined),
  },
];

/** A reader that loses its connection somewhere in the middle of telling a card. */
function cutShort(kind: Kind, roll: (sides: number) => number, cut: () => void) {
  return (send: (bytes: Uint8Array | string) => void): VirtualReader =>
    kind.make((said) => {
      const bytes = typeof said === "string" ? latin1(said) : Buffer.from(said);
      const end = kind.end(bytes);
      if (end === undefined) {
        send(bytes);
        return;
      }
      const length = bytes.length - end;
      send(bytes.subarray(0, 1 + roll(length)));
      setTimeout(cut, roll(12));
    });
}

async function watchAt(connection: ReaderPlace["connection"]) {
  const watching = await watchReaders([{ id: "lobby/0", connection }]);
  const becomes = (...states: string[]) =>
    watching.until(() => states.includes(watching.readers.state("lobby/0")));
  return { watching, becomes };
}

it.each(kinds)(
  "no half card of a $driver reader at the network becomes one",
  options,
  async (kind) => {
    const roll = dice(7778);
    const { watching, becomes } = await watchAt({ kind: "listen", driver: kind.driver });
    const to = { host: "127.0.0.1", port: watching.readers.port };
    for (let left = overTcp; left > 0; left -= 1) {
      let cut: () => void = () => undefined;
      const broken = new Promise<void>((resolve) => {
        cut = resolve;
      });
      const { reader, unplug } = await dialAsReader(
        cutShort(kind, roll, () => cut()),
        to,
      );
      await becomes("ready");
      reader.hold(card);
      await broken;
      await unplug();
      await becomes("absent");
    }
    expect(watching.cards).toEqual([]);
    const { reader, unplug } = await dialAsReader(kind.make, to);
    await becomes("ready");
    reader.hold(card);
    await watching.until(() => watching.cards.length === 1);
    expect(watching.cards[0]?.text).toBe(number);
    await unplug();
    await watching.close();
  },
);

/** A reader that ends no number with anything; the network pauses in the middle of some. */
const silentReader = (send: (bytes: Uint8Array | string) => void): VirtualReader & Pauses => {
  let pauseAt: number | undefined;
  let rest = "";
  return {
    hear: () => undefined,
    hold: ({ id }) => {
      const told = Buffer.from(id).toString("hex").toUpperCase();
      send(told.slice(0, pauseAt));
      rest = pauseAt === undefined ? "" : told.slice(pauseAt);
      pauseAt = undefined;
    },
    remove: () => undefined,
    close: () => undefined,
    pauseNextAt: (at) => {
      pauseAt = at;
    },
    goOn: () => send(rest),
  };
};
interface Pauses {
  pauseNextAt(at: number): void;
  goOn(): void;
}

it("no half card becomes one where the network pauses in the middle of it", options, async () => {
  const roll = dice(200);
  const { watching, becomes } = await watchAt({ kind: "listen", driver: "network" });
  const { cards, refused, until } = watching;
  const to = { host: "127.0.0.1", port: watching.readers.port };
  const whole: string[] = [];
  for (let left = overPauses; left > 0; left -= 1) {
    const { reader, unplug } = await dialAsReader(silentReader, to);
    await becomes("ready");
    const told = (0x04d7a79a97370000n + BigInt(left)).toString(16).toUpperCase().padStart(16, "0");
    const mine = virtualCard(told);
    // Now and then somebody is there without a pause, and taps again where that is asked for.
    for (let tries = left % 4 === 0 ? 2 : 0; tries > 0; tries -= 1) {
      const before = { cards: cards.length, refused: refused.length };
      reader.hold(mine);
      await until(() => cards.length > before.cards || refused.length > before.refused);
      if (cards.length === before.cards) continue;
      // Somebody has this card: nobody tries numbers here.
      watching.readers.feedback("lobby/0", "accepted");
      break;
    }
    if (left % 4 === 0) whole.push(told);
    const doubts = refused.length;
    reader.pauseNextAt(1 + roll(number.length - 1));
    reader.hold(mine);
    await until(() => refused.length === doubts + 1);
    // The rest comes, or the cable is pulled.
    if (roll(2) === 0) {
      reader.goOn();
      await until(() => refused.length === doubts + 2);
    }
    await unplug();
    await becomes("absent");
  }
  expect(cards.map(({ text }) => text)).toEqual(whole);
  await watching.close();
});

it.skipIf(!hasPtys())(
  "no half card of a serial reader that is unplugged becomes one",
  options,
  async () => {
    const roll = dice(9_600);
    const told: string[] = [];
    for (let left = overPtys; left > 0; left -= 1) {
      const kind = kinds[2 + (left % 4)];
      if (kind === undefined) throw new Error("There is no such kind.");
      let cut: () => void = () => undefined;
      const broken = new Promise<void>((resolve) => {
        cut = resolve;
      });
      const { reader, path, unplug } = await plugIntoPty(cutShort(kind, roll, () => cut()));
      const { watching, becomes } = await watchAt({ kind: "serial", path, driver: kind.driver });
      await becomes("ready");
      reader.hold(card);
      await broken;
      await unplug();
      await becomes("absent", "degraded");
      told.push(...watching.cards.map(({ text }) => text));
      await watching.close();
    }
    expect(told).toEqual([]);
  },
);
