import { afterAll, describe, expect, it } from "vitest";
import { hasPtys, plugIntoPty } from "../../simulator/readers/over-pty.ts";
import { listenAsReader } from "../../simulator/readers/over-tcp.ts";
import { lastCard, rfIdeasAscii } from "../../simulator/readers/rfideas-ascii.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import { watchReaders } from "../watch-readers.fixture.ts";
import { noAscii, pushAscii, readAnswer } from "./ascii-codec.ts";
import { isFresh } from "./decide-fresh.ts";

/** What the tests opened; they run side by side. */
const open: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of open.reverse()) await close();
});

const make = (send: (text: string) => void) => rfIdeasAscii({ send });
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex").toUpperCase();

async function overTcp() {
  const { reader, port, unplug } = await listenAsReader(make);
  open.push(unplug);
  const connection = { kind: "dial", host: "127.0.0.1", port, driver: "rfideas-ascii" } as const;
  const watching = await watchReaders([{ id: "lobby/0", connection }]);
  open.push(() => watching.close());
  return { reader, watching };
}

describe("answers of the ASCII protocol", () => {
  it("tell the last card, its bits and its age", () => {
    const answer = readAnswer("{0x1000,2,0x0000,80;0x000000801DD1910B2F04}");
    expect(answer).toMatchObject({
      kind: "card",
      card: { bits: 80, number: "000000801DD1910B2F04", ageMs: 0x1000 * 48 },
    });
    const said = lastCard({ card: virtualCard("000000801DD1910B2F04"), at: 0 }, 0x1000 * 48);
    expect(said).toBe("{0x1000,0,0x0000,80;0x000000801DD1910B2F04}");
    expect(readAnswer(said)).toEqual(answer);
  });

  it("have the bits of a number leftmost in its bytes", () => {
    const answer = readAnswer(lastCard({ card: virtualCard("02EC0C86", 26), at: 0 }, 0));
    if (answer?.kind !== "card") throw new Error("no card");
    expect(answer.card).toMatchObject({ bits: 26, number: "02EC0C86", ageMs: 0 });
    expect(hex(answer.card.bytes)).toBe("BB032180");
  });

  it("are found among prompts and echoes, and told from errors and values", () => {
    const said =
      "rfid:out.led?\r\n{3}\r\n\r\nRF IDeas>rfid:qid\r\n{0x0000,0,0x00,0;0x00}\r\nError#1\r\nRF IDeas>";
    expect(pushAscii(noAscii, Buffer.from(said)).answers).toEqual([
      { kind: "value", text: "3" },
      { kind: "no-card" },
      { kind: "error", code: 1 },
    ]);
  });

  it.each([
    "{0x0000,0,0x00,32;0x66CF4DC2",
    "0x0000,0,0x00,32;0x66CF4DC2}",
    "{0x0000,0,0x00,16;0x66CF4DC2}",
    "{0x0000,0,0x00,32;66CF4DC2}",
    `{${"0".repeat(300)}}`,
  ])("that are cut or contradict themselves are no card: %s", (line) => {
    expect(readAnswer(line)?.kind).not.toBe("card");
  });

  it("tell a card again with a greater age, or when it comes again with a smaller one", () => {
    const card = (ageMs: number, number = "66CF4DC2") => ({
      ageMs,
      number,
      bits: 32,
      bytes: new Uint8Array(4),
    });
    expect(isFresh(card(48), undefined)).toBe(true);
    expect(isFresh(card(240), card(48))).toBe(false);
    expect(isFresh(card(0), card(480))).toBe(true);
    expect(isFresh(card(480, "946EBD28"), card(48))).toBe(true);
    expect(isFresh(card(60_000), undefined)).toBe(false);
  });
});

describe.concurrent("an RF IDeas reader", () => {
  it("is quiet, tells each card once, and shows what became of it", async () => {
    const { reader, watching } = await overTcp();
    reader.hold(virtualCard("04D7A79A973780"));
    const { readers, cards, until } = watching;
    await until(() => readers.state("lobby/0") === "ready");
    reader.hold(virtualCard("02EC0C86", 26));
    await until(() => cards.length === 1);
    readers.feedback("lobby/0", "refused");
    await comes(() => reader.led() === 1 && reader.beeps() === 3);
    readers.feedback("lobby/0", "accepted");
    await comes(() => reader.led() === 2 && reader.beeps() === 4);
    await comes(() => reader.led() === 255);
    reader.hold(virtualCard("66CF4DC2"));
    await until(() => cards.length === 2);
    expect(cards).toMatchObject([
      { text: "02EC0C86", bits: 26, medium: "rfid" },
      { text: "66CF4DC2", bits: 32 },
    ]);
  });

  it("is degraded while it hangs, and ready again by itself", async () => {
    const { reader, watching } = await overTcp();
    const { readers, until } = watching;
    await until(() => readers.state("lobby/0") === "ready");
    reader.hang(true);
    await until(() => readers.state("lobby/0") === "degraded");
    reader.hang(false);
    await until(() => readers.state("lobby/0") === "ready");
  });

  it.skipIf(!hasPtys())("reads over a serial line", async () => {
    const { reader, path, unplug } = await plugIntoPty(make);
    open.push(unplug);
    const connection = { kind: "serial", path, driver: "rfideas-ascii" } as const;
    const watching = await watchReaders([{ id: "lobby/0", connection }]);
    open.push(() => watching.close());
    await watching.until(() => watching.readers.state("lobby/0") === "ready");
    reader.hold(virtualCard("66CF4DC2"));
    await watching.until(() => watching.cards.length === 1);
    expect(watching.cards).toMatchObject([{ text: "66CF4DC2", bits: 32 }]);
  });
});

async function comes(good: () => boolean): Promise<void> {
  while (!good()) await new Promise((resolve) => setImmediate(resolve));
}
