import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenedReader } from "../../card-readers/driver.ts";
import { driver } from "../../card-readers/pcsc/driver.ts";
import type { CardRead } from "../../card-readers/reader.ts";
import { type PcscTransport, pcscTransport } from "../../card-readers/transport/pcsc.ts";
import type { ReaderTrouble } from "../../card-readers/transport/trouble.ts";
import { type Pcscd, startPcscd, whyNoPcscd } from "../labs/pcscd.ts";
import { waitFor } from "./wait-for.ts";

const missing = whyNoPcscd();
if (missing !== undefined) console.log(`Left out: a contactless reader behind pcscd (${missing}).`);

describe.skipIf(missing !== undefined)("a contactless reader behind pcscd", () => {
  let pcscd: Pcscd;
  let transport: PcscTransport;
  let reader: OpenedReader;
  const cards: CardRead[] = [];
  const troubles: ReaderTrouble[] = [];
  let removed = 0;

  async function open(): Promise<void> {
    const candidate = await waitFor("the reader is listed", async () =>
      (await transport.list()).find(({ address }) => address.endsWith("00 00")),
    );
    reader = await driver.open({
      wire: await transport.open(candidate, {}),
      candidate,
      events: {
        onCard: (card) => cards.push(card),
        onRemoved: () => {
          removed += 1;
        },
        onTrouble: (trouble) => troubles.push(trouble),
      },
      now: () => performance.now(),
      settings: {},
    });
  }
  const nextCard = async () => {
    const before = cards.length;
    return await waitFor("the card is read", () => cards[before]);
  };
  const takeAway = async () => {
    const before = removed;
    pcscd.take();
    await waitFor("the card is gone", () => removed > before);
  };

  beforeAll(async () => {
    pcscd = await startPcscd();
    transport = pcscTransport({ socketPath: pcscd.socketPath });
    await open();
  });
  afterAll(async () => {
    await reader.close();
    transport.close();
    await pcscd.close();
  });

  it("tells the number of an ISO 14443-4 card without selecting anything on it", async () => {
    pcscd.hold("smart", "04D7A79A973780");
    expect(await nextCard()).toMatchObject({ text: "04D7A79A973780", bits: 56, medium: "rfid" });
    expect(pcscd.commands).toEqual(["ffca000000"]);
    await takeAway();
  });

  it("tells the number and the kind of a storage card", async () => {
    pcscd.hold("storage", "66CF4DC2");
    expect(await nextCard()).toMatchObject({ text: "66CF4DC2", tagType: "MIFARE Classic 1K" });
    await takeAway();
  });

  it("tells each card once, however long it lies there", async () => {
    const before = cards.length;
    pcscd.hold("smart", "11223344");
    await nextCard();
    await takeAway();
    pcscd.hold("none", "");
    pcscd.hold("smart", "55667788");
    await nextCard();
    expect(cards.slice(before).map(({ text }) => text)).toEqual(["11223344", "55667788"]);
    await takeAway();
  });

  it("is back when the process that asks the service died", async () => {
    const { length } = troubles;
    const pid = transport.pid();
    if (pid === undefined) throw new Error("There is no such process.");
    process.kill(pid, "SIGKILL");
    expect(await waitFor("it is told", () => troubles[length])).toMatchObject({ kind: "gone" });
    await open();
    expect(transport.pid()).not.toBe(pid);
    pcscd.hold("smart", "AABBCCDD");
    expect((await nextCard()).text).toBe("AABBCCDD");
    await takeAway();
  });

  it("is back when the service died, and it is said what is missing until then", async () => {
    const { length } = troubles;
    await pcscd.stop();
    expect(await waitFor("it is told", () => troubles[length])).toMatchObject({ kind: "gone" });
    const candidate = { transport: "pcsc", address: "Virtual PCD 00 00" } as const;
    await waitFor("it is said why", () =>
      transport.open(candidate, {}).then(
        () => false,
        (error: Error) => /No smart card service runs/.test(error.message),
      ),
    );
    await pcscd.start();
    await open();
    pcscd.hold("smart", "01020304");
    expect((await nextCard()).text).toBe("01020304");
  });
});
