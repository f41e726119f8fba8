import type { CardNumberStep } from "./card-number.ts";
import { createNetworkReader, type NetworkReader } from "./network-reader.ts";
import type { Feedback, ReaderEvents, ReaderState } from "./reader.ts";
import { retryIntervals } from "./retry-intervals.ts";
import { dialTcp } from "./tcp-dial.ts";
import { listenTcp } from "./tcp-listen.ts";

/** How a reader is reached: it dials in from one of these addresses, or is dialled. */
export type Connection =
  | { readonly kind: "listen"; readonly from?: readonly string[] }
  | { readonly kind: "dial"; readonly host: string; readonly port: number };

export interface ReaderPlace {
  /** Unique; what its cards and states are told under. */
  readonly id: string;
  readonly connection: Connection;
}

export interface OpenReadersOptions extends ReaderEvents {
  /** Where readers that dial in are listened for; port 0 for any. */
  readonly host: string;
  readonly port: number;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly cardNumber?: CardNumberStep;
}

export interface OpenReaders {
  readonly port: number;
  /** The readers that there are from now on; those that stayed as they were keep their connections. */
  setReaders(places: readonly ReaderPlace[]): void;
  state(id: string): ReaderState;
  feedback(id: string, feedback: Feedback): void;
  close(): Promise<void>;
}

const loopback = ["127.0.0.1", "::1"];
const mostConnections = 1_024;

interface Opened {
  readonly place: string;
  readonly reader: NetworkReader;
  readonly from: readonly string[];
  close(): void;
}

/** Opens all network readers of a bridge. Throws a sentence when the port cannot be listened on. */
export async function openReaders(options: OpenReadersOptions): Promise<OpenReaders> {
  const { host, port, now, random, onCard, onState, cardNumber } = options;
  const opened = new Map<string, Opened>();
  const events: ReaderEvents = { onCard, onState };

  const readerAt = (address: string): NetworkReader | undefined => {
    for (const { from, reader } of opened.values()) if (from.includes(address)) return reader;
    return undefined;
  };

  const listening = await listenTcp({
    host,
    port,
    admits: (address) => readerAt(address) !== undefined,
    mostConnections,
    onWire: (wire) => {
      const reader = readerAt(wire.address);
      if (reader === undefined) throw new Error("A connection was let in that no reader has.");
      return reader.attach(wire);
    },
  });

  function open({ id, connection }: ReaderPlace, place: string): Opened {
    const greets = connection.kind === "dial";
    const reader = createNetworkReader({
      id,
      events,
      now,
      greets,
      ...(cardNumber === undefined ? {} : { cardNumber }),
    });
    if (connection.kind === "listen")
      return { place, reader, from: connection.from ?? loopback, close: () => reader.close() };
    const dialling = dialTcp({
      host: connection.host,
      port: connection.port,
      intervals: () => retryIntervals({ firstMs: 500, mostMs: 30_000, random }),
      onOpening: () => reader.opening(),
      onFailed: () => reader.failed(),
      onWire: (wire) => reader.attach(wire),
    });
    const close = () => {
      dialling.close();
      reader.close();
    };
    return { place, reader, from: [], close };
  }

  return {
    port: listening.port,
    setReaders(places) {
      const wanted = new Map(places.map((place) => [place.id, place]));
      for (const [id, it] of opened)
        if (JSON.stringify(wanted.get(id)) !== it.place) {
          opened.delete(id);
          it.close();
        }
      for (const place of places)
        if (!opened.has(place.id)) opened.set(place.id, open(place, JSON.stringify(place)));
    },
    state: (id) => opened.get(id)?.reader.state() ?? "absent",
    feedback: (id, feedback) => opened.get(id)?.reader.feedback(feedback),
    async close() {
      for (const { close } of opened.values()) close();
      opened.clear();
      await listening.close();
    },
  };
}
