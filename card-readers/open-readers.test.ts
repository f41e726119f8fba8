import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it, test } from "vitest";
import { type OpenReaders, openReaders, type ReaderPlace } from "./open-readers.ts";
import type { Card, ReaderState } from "./reader.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

interface Watching {
  readers: OpenReaders;
  cards: Card[];
  /** Resolves once so many cards were read. */
  until: (count: number) => Promise<void>;
  /** Resolves once the reader is in this state. */
  becomes: (state: ReaderState) => Promise<void>;
  /** The reader's clock stands unless a test moves it. */
  clock: { now: number };
}

async function watch(places: readonly ReaderPlace[]): Promise<Watching> {
  const cards: Card[] = [];
  const states: ReaderState[] = [];
  const waiting = new Set<() => void>();
  const clock = { now: 10_000 };
  const readers = await openReaders({
    host: "127.0.0.1",
    port: 0,
    now: () => clock.now,
    random: () => 0,
    onCard(card) {
      cards.push(card);
      // The next card is of another second.
      clock.now += 1_000;
      for (const look of waiting) look();
    },
    onState(_id, state) {
      states.push(state);
      for (const look of waiting) look();
    },
  });
  open.push(() => readers.close());
  readers.setReaders(places);
  const wait = (good: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!good()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    readers,
    cards,
    clock,
    until: (count) => wait(() => cards.length >= count),
    becomes: (state) => wait(() => states.at(-1) === state),
  };
}

async function dial(port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => undefined);
  open.push(() => socket.destroy());
  await once(socket, "connect");
  return socket;
}

const texts = (cards: readonly Card[]) => cards.map(({ text }) => text);
const local: ReaderPlace = { id: "lobby/0", connection: { kind: "listen" } };

describe("a reader that dials in", () => {
  it("is read, also byte by byte, and told what became of the card", async () => {
    const { readers, cards, until } = await watch([local]);
    const socket = await dial(readers.port);
    socket.setNoDelay(true);
    for (const byte of "66cf4dc2\r\n") {
      await new Promise<void>((resolve) => socket.write(byte, () => resolve()));
    }
    await until(1);
    expect(cards).toMatchObject([{ text: "66CF4DC2", readerId: "lobby/0" }]);
    const heard = once(socket, "data");
    readers.feedback("lobby/0", "refused");
    expect(String((await heard)[0])).toBe("e");
  });

  it("is no card when it is cut in the middle of a number", async () => {
    const { readers, cards, until, becomes } = await watch([local]);
    const first = await dial(readers.port);
    await becomes("ready");
    first.end("66CF4D");
    await becomes("absent");
    const second = await dial(readers.port);
    second.write("946EBD28\r");
    await until(1);
    expect(texts(cards)).toEqual(["946EBD28"]);
  });

  it("gives way to a newer connection of the same address", async () => {
    const { readers, cards, until } = await watch([local]);
    const first = await dial(readers.port);
    const gone = once(first, "close");
    const second = await dial(readers.port);
    await gone;
    second.write("946EBD28\r");
    await until(1);
    expect(texts(cards)).toEqual(["946EBD28"]);
    expect(readers.state("lobby/0")).toBe("ready");
  });

  it("is cut off when its address is not a reader's", async () => {
    const { readers, cards } = await watch([
      { id: "far/0", connection: { kind: "listen", from: ["192.0.2.7"] } },
    ]);
    const socket = await dial(readers.port);
    socket.write("66CF4DC2\r");
    await once(socket, "close");
    expect(cards).toEqual([]);
  });

  it("outlives a flood: what is no card costs nothing, and it is said to be unfit", async () => {
    const { readers, cards, becomes, until } = await watch([local]);
    const socket = await dial(readers.port);
    const noise = Buffer.alloc(64 * 1024, 0xff);
    // In pieces, as each that arrives counts.
    const flood = setInterval(() => socket.write(noise), 1);
    await becomes("degraded");
    clearInterval(flood);
    const next = await dial(readers.port);
    next.write("66CF4DC2\r");
    await until(1);
    expect(texts(cards)).toEqual(["66CF4DC2"]);
    expect(readers.state("lobby/0")).toBe("ready");
  });

  it("is read once for many of the same card", async () => {
    const { readers, cards, until } = await watch([local]);
    const socket = await dial(readers.port);
    socket.write("66CF4DC2\r".repeat(1_000));
    await until(1);
    socket.write("946EBD28\r");
    await until(2);
    expect(texts(cards)).toEqual(["66CF4DC2", "946EBD28"]);
  });
});

describe("a reader that is dialled", () => {
  async function listen(
    port = 0,
  ): Promise<{ server: Server; port: number; next: Promise<Socket> }> {
    const server = createServer();
    open.push(() => server.close());
    const next = once(server, "connection").then(([socket]: Socket[]) => {
      if (socket === undefined) throw new Error("no socket");
      socket.on("error", () => undefined);
      open.push(() => socket.destroy());
      return socket;
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const bound = server.address();
    return { server, port: typeof bound === "object" && bound ? bound.port : 0, next };
  }

  it("is asked for its version, which is no card, and dialled again when it was gone", async () => {
    const reader = await listen();
    const { cards, until, becomes, clock } = await watch([
      { id: "lobby/0", connection: { kind: "dial", host: "127.0.0.1", port: reader.port } },
    ]);
    const socket = await reader.next;
    expect(String((await once(socket, "data"))[0])).toBe("\rv");
    socket.write("READER2000\r66CF4DC2\n");
    await until(1);
    socket.destroy();
    reader.server.close();
    await becomes("absent");
    const back = await listen(reader.port);
    const again = await back.next;
    await becomes("ready");
    clock.now += 2_000;
    again.write("946EBD28\n");
    await until(2);
    expect(texts(cards)).toEqual(["66CF4DC2", "946EBD28"]);
  });
});

it("says in a sentence that the port is taken", async () => {
  const { readers } = await watch([]);
  await expect(
    openReaders({
      host: "127.0.0.1",
      port: readers.port,
      now: () => 0,
      random: () => 0,
      onCard: () => undefined,
      onState: () => undefined,
    }),
  ).rejects.toThrow(/taken by another program/);
});

test("a reader at the machine of a screen is ready, and what is told of it goes through its gate", async () => {
  const { readers, cards, becomes, clock } = await watch([
    { id: "a/0", connection: { kind: "screen" } },
    { id: "a/1", connection: { kind: "listen" } },
  ]);
  await becomes("ready");
  const read = { text: "66cf4dc2", bytes: Buffer.from("66cf4dc2"), medium: "wedge" } as const;
  readers.tell("a/0", read);
  readers.tell("a/0", read);
  clock.now -= 1_000;
  readers.tell("a/0", { ...read, text: "946EBD28" });
  expect(cards.map(({ text, readerId, medium }) => [text, readerId, medium])).toEqual([
    ["66CF4DC2", "a/0", "wedge"],
  ]);
  // A reader that this program reads itself is not told of by others.
  readers.tell("a/1", read);
  readers.tell("a/7", read);
  expect(cards).toHaveLength(1);
});

test("a stripe that a reader types is read by its number, and a payment card is nobody's badge", async () => {
  const { readers, cards, becomes, clock } = await watch([
    { id: "a/0", connection: { kind: "screen" } },
  ]);
  await becomes("ready");
  const swipe = (text: string) => {
    clock.now += 1_000;
    readers.tell("a/0", { text, bytes: Buffer.from(text), medium: "wedge" });
  };
  swipe(";4111111111111111=30121010000000000?");
  swipe("4111111111111111=3012");
  swipe(";E?");
  swipe(";0012345678=3012?");
  expect(cards.map(({ text, medium }) => [text, medium])).toEqual([["0012345678", "magstripe"]]);
});
