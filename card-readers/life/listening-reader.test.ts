import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ReaderTrouble } from "../transport/trouble.ts";
import type { ByteWire, WireEvents } from "../transport/wire.ts";
import { listeningReader } from "./listening-reader.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The connection of a reader that dialled in, at which the test speaks. */
function connection(address: string) {
  let events: WireEvents | undefined;
  const wire: ByteWire = {
    carries: "bytes",
    address,
    listen(to) {
      events = to;
    },
    write: () => undefined,
    discard: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return {
    wire,
    says: (text: string) => events?.onBytes(Buffer.from(text, "latin1")),
    ends: () => events?.onClose(new ReaderTrouble("gone", "It hung up.")),
  };
}

function listening() {
  const cards: string[] = [];
  const refused: string[] = [];
  let becameReady: () => void = () => undefined;
  const reader = listeningReader({
    id: "lobby/0",
    onRead: ({ text }) => cards.push(text),
    onRemoved: () => undefined,
    onRefused: ({ kind }) => refused.push(kind),
    onState: (state) => state === "ready" && becameReady(),
    now: () => performance.now(),
  });
  return {
    cards,
    refused,
    async dialIn(address: string) {
      const dialled = connection(address);
      const ready = new Promise<void>((resolve) => {
        becameReady = resolve;
      });
      reader.attach(dialled.wire);
      await ready;
      return dialled;
    },
  };
}

/** Longer than the silence that ends a line of a reader that ends none. */
const silence = () => vi.advanceTimersByTime(400);

it("takes silence for the end of a line, where a reader ends none and its first card came twice", async () => {
  const { cards, dialIn, refused } = listening();
  const first = await dialIn("192.0.2.7");
  first.says("66CF4DC2");
  expect(cards).toEqual([]);
  silence();
  expect([cards, refused]).toEqual([[], ["part"]]);
  first.says("66CF4DC2");
  silence();
  expect(cards).toEqual(["66CF4DC2"]);
  // What was learned holds for the next connection, and a half card is none there either.
  first.ends();
  const second = await dialIn("192.0.2.7");
  second.says("946EBD28");
  silence();
  second.says("1A2B");
  silence();
  second.ends();
  expect([cards, refused]).toEqual([
    ["66CF4DC2", "946EBD28"],
    ["part", "part"],
  ]);
});

it("never cuts a line short by silence once lines ended, not even on the next connection", async () => {
  const { cards, dialIn } = listening();
  const first = await dialIn("192.0.2.7");
  first.says("66CF4DC2\r");
  first.ends();
  const second = await dialIn("192.0.2.7");
  second.says("946E");
  silence();
  second.says("BD28\r");
  expect(cards).toEqual(["66CF4DC2", "946EBD28"]);
});
