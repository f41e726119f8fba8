import { afterAll, describe, expect, it } from "vitest";
import { lineReader } from "../../simulator/readers/line-reader.ts";
import { hasPtys, plugIntoPty } from "../../simulator/readers/over-pty.ts";
import { dialAsReader, listenAsReader } from "../../simulator/readers/over-tcp.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import type { Candidate } from "../driver.ts";
import { openCandidate } from "../life/open-candidate.ts";
import { dialTcp } from "../transport/tcp-dial.ts";
import { watchReaders } from "../watch-readers.fixture.ts";

/** What the tests opened; they run side by side. */
const open: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of open.reverse()) await close();
});

const make = (send: (text: string) => void) => lineReader({ send, banner: "TWN4/B1.08/NCF3.05" });

async function watched(connection: Parameters<typeof watchReaders>[0][0]["connection"]) {
  const watching = await watchReaders([{ id: "lobby/0", connection }]);
  open.push(() => watching.close());
  return watching;
}

describe.concurrent("a reader that sends lines", () => {
  it("is read when it is dialled, and its banner is no card", async () => {
    const { reader, port, unplug } = await listenAsReader(make);
    open.push(unplug);
    const dial = { kind: "dial", host: "127.0.0.1", port, driver: "line" } as const;
    const { cards, readers, until } = await watched(dial);
    await until(() => readers.state("lobby/0") === "ready");
    reader.hold(virtualCard("66CF4DC2"));
    await until(() => cards.length === 1);
    expect(cards).toMatchObject([{ text: "66CF4DC2", medium: "rfid" }]);
  });

  it("is read when it dials in, and a payment card is refused", async () => {
    const watching = await watched({ kind: "listen", driver: "line" });
    const to = { host: "127.0.0.1", port: watching.readers.port };
    const { reader, unplug } = await dialAsReader(make, to);
    open.push(unplug);
    reader.say(";4111111111111111=99121010000000000?\r");
    reader.say(";0012345678=99121010000000000?\r");
    await watching.until(() => watching.cards.length === 1);
    expect(watching.cards).toMatchObject([{ text: "0012345678", medium: "magstripe" }]);
    expect(watching.refused).toEqual([expect.stringContaining("payment card")]);
  });

  it("is found by its USB ids after Simple Protocol found a stranger there", async () => {
    const { reader, port, unplug } = await listenAsReader(make);
    open.push(unplug);
    const candidate: Candidate = {
      transport: "serial",
      address: "/dev/ttyACM0",
      usb: { socket: "1-1", vendorId: 0x09d8, productId: 0x0420, product: "TWN4" },
    };
    const read: string[] = [];
    const opened = await openCandidate({
      candidate,
      openWire: () => dialTcp({ host: "127.0.0.1", port }),
      events: {
        onCard: ({ text }) => read.push(text),
        onRemoved: () => undefined,
        onTrouble: () => undefined,
      },
      signal: new AbortController().signal,
      now: () => performance.now(),
    });
    open.push(() => opened.close());
    expect(opened.identity).toEqual({ driver: "line", model: "TWN4" });
    reader.hold(virtualCard("66CF4DC2"));
    await comes(() => read.length > 0);
    expect(read).toEqual(["66CF4DC2"]);
  });

  it.skipIf(!hasPtys())("is read over a serial line", async () => {
    const { reader, path, unplug } = await plugIntoPty((send: (text: string) => void) =>
      lineReader({ send, form: "rdm6300" }),
    );
    open.push(unplug);
    const { readers, cards, until } = await watched({ kind: "serial", path, driver: "line" });
    await until(() => readers.state("lobby/0") === "ready");
    reader.hold(virtualCard("0F0184F07D"));
    await until(() => cards.length === 1);
    expect(cards).toMatchObject([{ text: "0F0184F07D", tagType: "EM4102" }]);
  });
});

async function comes(good: () => boolean): Promise<void> {
  while (!good()) await new Promise((resolve) => setImmediate(resolve));
}
