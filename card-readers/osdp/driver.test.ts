import process from "node:process";
import { afterEach, describe, expect, it } from "vitest";
import {
  type OsdpReader,
  type OsdpReaderEvent,
  osdpReader,
  rawCard,
} from "../../simulator/readers/osdp/osdp-reader.ts";
import { serveOsdpReader } from "../../simulator/readers/osdp/osdp-reader-server.ts";
import { virtualOsdpReader } from "../../simulator/readers/osdp/virtual-osdp-reader.ts";
import { hasPtys, plugIntoPty } from "../../simulator/readers/over-pty.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import type { OpenedReader } from "../driver.ts";
import type { CardRead } from "../reader.ts";
import { openSerial } from "../transport/serial.ts";
import { dialTcp } from "../transport/tcp-dial.ts";
import type { ReaderTrouble } from "../transport/trouble.ts";
import { driver } from "./driver.ts";

const key = "8F1D2C3B4A59687706F5E4D3C2B1A0FF";
const disconnects = process.env.GUICHET_SOAK === "1" ? 1_000 : 60;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Resolves with what it is called with next. */
function mailbox<T>() {
  const waiting: ((it: T) => void)[] = [];
  const kept: T[] = [];
  return {
    put(it: T) {
      const [first] = waiting.splice(0, 1);
      if (first) first(it);
      else kept.push(it);
    },
    next: () =>
      new Promise<T>((resolve) => {
        const [first] = kept.splice(0, 1);
        if (first === undefined) waiting.push(resolve);
        else resolve(first);
      }),
    kept,
  };
}

async function virtual(settings: { key?: string; simple?: boolean; installing?: boolean } = {}) {
  const { simple = false, installing = false } = settings;
  const events = mailbox<OsdpReaderEvent>();
  const own =
    settings.key === undefined ? undefined : Uint8Array.from(Buffer.from(settings.key, "hex"));
  const reader: OsdpReader = osdpReader({
    settings: { address: 0, key: own, simple, installing },
    onEvent: events.put,
  });
  const served = await serveOsdpReader({ reader, host: "127.0.0.1", port: 0 });
  closing.push(served.close);
  return { reader, events, port: served.port };
}

async function open(port: number, settings: Record<string, unknown>) {
  const cards = mailbox<CardRead>();
  const troubles = mailbox<ReaderTrouble>();
  const wire = await dialTcp({ host: "127.0.0.1", port });
  closing.push(wire.close);
  const opened: OpenedReader = await driver.open({
    wire,
    candidate: { transport: "tcp-dial", address: "door" },
    events: { onCard: cards.put, onRemoved: () => undefined, onTrouble: troubles.put },
    now: () => performance.now(),
    settings,
  });
  closing.push(opened.close);
  return { opened, cards, troubles };
}

describe("an OSDP reader", () => {
  it("with this site's key tells its cards, and shows what became of them", async () => {
    const { reader, events, port } = await virtual({ key });
    const { opened, cards } = await open(port, { key });
    expect(opened.identity).toMatchObject({ driver: "osdp", unique: "000000-4242" });
    expect(opened.capabilities.feedback).toBe(true);
    reader.hold(rawCard(0x2ec0c86n, 26));
    expect(await cards.next()).toMatchObject({
      text: "02EC0C86",
      bits: 26,
      bytes: Uint8Array.of(0xbb, 0x03, 0x21, 0x80),
      medium: "rfid",
    });
    opened.feedback("refused");
    expect(await events.next()).toMatchObject({ kind: "light", light: { on: "red" } });
    expect(await events.next()).toMatchObject({ kind: "beeps", beeps: { times: 3 } });
    reader.hold(rawCard(0x04d7a79a973780n, 56));
    expect(await cards.next()).toMatchObject({ text: "04D7A79A973780", bits: 56 });
  });

  it.each([
    [
      "another key",
      { key: "00112233445566778899AABBCCDDEE0F" },
      { key },
      /does not have this site's/,
    ],
    ["no Secure Channel", { simple: true }, { key }, /knows no Secure Channel/],
  ])("with %s is refused, and it is said what to do", async (_name, has, settings, sentence) => {
    const { reader, port } = await virtual(has);
    reader.hold(rawCard(0x2ec0c86n, 26));
    await expect(open(port, settings)).rejects.toThrow(sentence);
  });

  it.each([
    ["none", {}, /has no OSDP key here/],
    ["the public default key", { key: "303132333435363738393A3B3C3D3E3F" }, /everybody has it/],
    ["a guessable key", { key: "11".repeat(16) }, /tried first/],
    ["half a key", { key: "8F1D2C3B" }, /32 hex digits/],
  ])("is not spoken to when the site set %s", async (_name, settings, sentence) => {
    const { port } = await virtual({ key: "303132333435363738393A3B3C3D3E3F" });
    await expect(open(port, settings)).rejects.toThrow(sentence);
  });

  it("gets the site's key when it is installed", async () => {
    const { reader, port, events } = await virtual({ installing: true });
    const { opened, cards } = await open(port, { key, install: true });
    expect(await events.next()).toMatchObject({ kind: "key" });
    expect(
      Buffer.from(reader.settings().key ?? [])
        .toString("hex")
        .toUpperCase(),
    ).toBe(key);
    await opened.close();
    const again = await open(port, { key });
    reader.hold(rawCard(1n, 32));
    expect((await again.cards.next()).text).toBe("00000001");
    expect(cards.kept).toEqual([]);
  });

  it("that is simple works where the site allowed clear text", async () => {
    const { reader, port } = await virtual({ simple: true });
    const { cards } = await open(port, { clearText: true });
    reader.hold(rawCard(0x2ec0c86n, 26));
    expect((await cards.next()).text).toBe("02EC0C86");
  });
});

describe.skipIf(!hasPtys())("an OSDP reader at a serial port", () => {
  const settings = {
    address: 0,
    key: Uint8Array.from(Buffer.from(key, "hex")),
    installing: false,
    simple: false,
  };

  async function plugged() {
    const cut = mailbox<true>();
    const made = osdpReader({ settings, onCut: () => cut.put(true) });
    const pty = await plugIntoPty((send) => virtualOsdpReader(made, send));
    const wire = await openSerial({ path: pty.path, speed: 9_600 });
    const cards = mailbox<CardRead>();
    const troubles = mailbox<ReaderTrouble>();
    const opened = await driver.open({
      wire,
      candidate: { transport: "serial", address: pty.path },
      events: { onCard: cards.put, onRemoved: () => undefined, onTrouble: troubles.put },
      now: () => performance.now(),
      settings: { key },
    });
    const unplug = async () => {
      await pty.unplug();
      await opened.close();
    };
    return { made, pty, cut, cards, troubles, unplug };
  }

  it("tells its cards", async () => {
    const { pty, cards, unplug } = await plugged();
    pty.reader.hold(virtualCard("2EC0C86", 26));
    expect((await cards.next()).text).toBe("02EC0C86");
    await unplug();
  });

  it("tells none of which the last bytes did not come", { timeout: 300_000 }, async () => {
    for (let i = 0; i < disconnects / 10; i += 1) {
      const { made, pty, cut, cards, troubles, unplug } = await plugged();
      made.cutNextCard((i * 7) % 31);
      made.hold(rawCard(0x2ec0c86n, 26));
      await cut.next();
      await pty.unplug();
      expect((await troubles.next()).kind).toBe("gone");
      expect(cards.kept).toEqual([]);
      await unplug();
    }
  });
});

it("no unfinished frame becomes a card, wherever the line is cut", {
  timeout: 300_000,
}, async () => {
  const { reader, port } = await virtual({ key });
  for (let i = 0; i < disconnects; i += 1) {
    const { opened, cards, troubles } = await open(port, { key });
    reader.cutNextCard(i % 41);
    reader.hold(rawCard(0x2ec0c86n, 26));
    expect((await troubles.next()).kind).toBe("gone");
    expect(cards.kept).toEqual([]);
    await opened.close();
    closing.length = 1;
  }
  // And nothing of all that is left: the next card is the card that is held now.
  const { cards } = await open(port, { key });
  reader.hold(rawCard(7n, 32));
  expect((await cards.next()).text).toBe("00000007");
});
