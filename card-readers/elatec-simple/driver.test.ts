import { afterAll, describe, expect, it } from "vitest";
import { type ElatecSimpleOptions, elatecSimple } from "../../simulator/readers/elatec-simple.ts";
import { hasPtys, plugIntoPty } from "../../simulator/readers/over-pty.ts";
import { listenAsReader } from "../../simulator/readers/over-tcp.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import { type WatchedReaders, watchReaders } from "../watch-readers.fixture.ts";

/** What the tests opened; they run side by side. */
const open: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of open.reverse()) await close();
});

type Like = Omit<ElatecSimpleOptions, "send">;
const make = (like: Like) => (send: (bytes: Uint8Array) => void) => elatecSimple({ ...like, send });

async function watched(connection: Parameters<typeof watchReaders>[0][0]["connection"]) {
  const watching = await watchReaders([{ id: "lobby/0", connection }]);
  open.push(() => watching.close());
  return watching;
}

async function overTcp(like: Like = {}, settings: Record<string, unknown> = {}) {
  const { reader, port, unplug } = await listenAsReader(make(like));
  open.push(unplug);
  const watching = await watched({
    kind: "dial",
    host: "127.0.0.1",
    port,
    driver: "elatec-simple",
    settings,
  });
  return { reader, watching, unplug };
}

const ready = ({ readers, until }: WatchedReaders) =>
  until(() => readers.state("lobby/0") === "ready");

const framings = [false, true].flatMap((digits) => [false, true].map((crc) => ({ digits, crc })));

describe.concurrent("a reader with Simple Protocol", () => {
  it.each(framings)("is understood however it frames its messages: %o", async (framing) => {
    const { reader, watching } = await overTcp({ framing });
    await ready(watching);
    expect(watching.readers.reader("lobby/0")?.identity()).toEqual({
      driver: "elatec-simple",
      model: "Elatec TWN4",
      firmware: "TWN4/B1.03/CCF1.57/PRS1.03/PI",
      unique: "2D002F000B47303531353233",
    });
    reader.hold(virtualCard("02EC0C86", 26), 0x49);
    await watching.until(() => watching.cards.length === 1);
    expect(watching.cards).toMatchObject([
      { text: "02EC0C86", bits: 26, tagType: "HIDPROX", medium: "rfid", readerId: "lobby/0" },
    ]);
  });

  it("tells a card once while it lies there, another one at once, and when it is gone", async () => {
    const { reader, watching } = await overTcp();
    await ready(watching);
    reader.hold(virtualCard("66CF4DC2"));
    await watching.until(() => watching.cards.length === 1);
    const asked = reader.commands().length;
    await polls(reader, asked + 3);
    reader.remove();
    reader.hold(virtualCard("946EBD28"));
    await watching.until(() => watching.cards.length === 2);
    reader.remove();
    await watching.until(() => watching.removed.length === 1);
    reader.hold(virtualCard("946EBD28"));
    await watching.until(() => watching.cards.length === 3);
    expect(watching.cards.map(({ text }) => text)).toEqual(["66CF4DC2", "946EBD28", "946EBD28"]);
  });

  it.each(["commands", "pins"] as const)(
    "shows what became of a card, by its %s",
    async (lights) => {
      const { reader, watching } = await overTcp({ lights });
      await ready(watching);
      expect(reader.lights()).toBe(0b010);
      watching.readers.feedback("lobby/0", "busy");
      await comes(() => reader.lights() === 0b100);
      watching.readers.feedback("lobby/0", "refused");
      await comes(() => reader.lights() === 0b001 && reader.beeps() === 2);
      watching.readers.feedback("lobby/0", "offline");
      await comes(() => reader.lights() === 0b101 && reader.beeps() === 3);
      watching.readers.feedback("lobby/0", "accepted");
      await comes(() => reader.beeps() === 4);
      await comes(() => reader.lights() === 0b010);
    },
  );

  it("reads also where there is nothing to show", async () => {
    const { reader, watching } = await overTcp({ lights: "none" });
    await ready(watching);
    watching.readers.feedback("lobby/0", "refused");
    reader.hold(virtualCard("66CF4DC2"));
    await watching.until(() => watching.cards.length === 1);
    expect(reader.beeps()).toBe(0);
  });

  it("sees the kinds of chip that the site looks for, and no others", async () => {
    const { reader, watching } = await overTcp({}, { tagTypes: ["MIFARE"] });
    await ready(watching);
    reader.hold(virtualCard("0F0184F07D"), 0x40);
    await polls(reader, reader.commands().length + 3);
    reader.hold(virtualCard("66CF4DC2"), 0x80);
    await watching.until(() => watching.cards.length === 1);
    expect(watching.cards).toMatchObject([{ text: "66CF4DC2", tagType: "MIFARE" }]);
  });

  it("tells the access bits of an iCLASS card where the site knows people by them", async () => {
    const { reader, watching } = await overTcp({}, { iclass: "pac" });
    await ready(watching);
    const pac = virtualCard("00140026", 26);
    reader.hold(virtualCard("1122334455667788"), 0x84, { pac });
    await watching.until(() => watching.cards.length === 1);
    expect(watching.cards).toMatchObject([{ text: "00140026", bits: 26, tagType: "HIDICLASS" }]);
  });

  it.each([
    [{ about: { knowsPac: false } }, { iclass: "pac" }, /does not tell the access bits/],
    [{}, { iclass: "both" }, /is csn or pac/],
    [{}, { tagTypes: ["MIFARE", "RFID"] }, /cannot look for "RFID". These it can: EM4102/],
  ])("is not used when it cannot be set as the site wants it: %j %j", async (like, set, why) => {
    const { watching } = await overTcp(like, set);
    await watching.until(() => watching.troubles.length > 0);
    expect(watching.troubles[0]).toMatchObject({
      kind: "forbidden",
      message: expect.stringMatching(why),
    });
    expect(watching.readers.state("lobby/0")).toBe("degraded");
  });

  it("is degraded while it hangs, and ready again by itself", async () => {
    const { reader, watching } = await overTcp();
    await ready(watching);
    reader.hang(true);
    await watching.until(() => watching.readers.state("lobby/0") === "degraded");
    expect(watching.troubles.at(-1)?.kind).toBe("silent");
    reader.hang(false);
    await ready(watching);
  }, 20_000);

  it("gets a new handshake when it was restarted, and no card is told twice for it", async () => {
    const { reader, watching } = await overTcp();
    await ready(watching);
    await comes(() => reader.commands().includes("0003"));
    reader.restart();
    await watching.until(() => watching.readers.state("lobby/0") === "absent");
    await ready(watching);
    expect(reader.lights()).toBe(0b010);
  }, 20_000);
});

it.skipIf(!hasPtys())("reads over a serial line, also after it was unplugged", async () => {
  const first = await plugIntoPty(make({}));
  open.push(first.unplug);
  const watching = await watched({ kind: "serial", path: first.path, driver: "elatec-simple" });
  await ready(watching);
  first.reader.hold(virtualCard("66CF4DC2"));
  await watching.until(() => watching.cards.length === 1);
  watching.readers.feedback("lobby/0", "accepted");
  await comes(() => first.reader.beeps() === 1);
  await first.unplug();
  await watching.until(() => watching.readers.state("lobby/0") === "absent");
  expect(watching.cards.length).toBe(1);
});

async function comes(good: () => boolean): Promise<void> {
  while (!good()) await new Promise((resolve) => setImmediate(resolve));
}

function polls(reader: ReturnType<typeof elatecSimple>, count: number): Promise<void> {
  return comes(() => reader.commands().length >= count);
}
