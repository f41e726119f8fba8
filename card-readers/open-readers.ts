import { noteCard, slowedFor } from "./card-gate.ts";
import { canonicalCardNumber } from "./card-number.ts";
import type { Candidate, DriverSettings } from "./driver.ts";
import { type Guard, judgeReading, newGuard } from "./judge-reading.ts";
import { keepReader } from "./life/keep-reader.ts";
import { type ListeningReader, listeningReader } from "./life/listening-reader.ts";
import { openCandidate } from "./life/open-candidate.ts";
import { type OpenPlace, type PluggedConnection, pluggedReaders } from "./life/plugged-readers.ts";
import { toldReader } from "./life/told-reader.ts";
import { readCard } from "./line/read-card.ts";
import type {
  CardRead,
  Feedback,
  Reader,
  ReaderEvents,
  ReaderState,
  ReaderUnderSiege,
  Refused,
} from "./reader.ts";
import { dialTcp } from "./transport/tcp-dial.ts";
import { listenTcp } from "./transport/tcp-listen.ts";
import type { ReaderTrouble } from "./transport/trouble.ts";
import { isFlooded } from "./turned-away.ts";

/** How a reader is reached: it dials in from one of these addresses, is dialled, or is plugged in. */
export type Connection =
  | { readonly kind: "listen"; readonly from?: readonly string[]; readonly driver?: string }
  | {
      readonly kind: "dial";
      readonly host: string;
      readonly port: number;
      readonly driver?: string;
      readonly settings?: DriverSettings;
    }
  | PluggedConnection
  /** Plugged into the machine of a screen, which tells of its cards. */
  | { readonly kind: "screen"; readonly settings?: DriverSettings };

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
  /** What makes a card number of what a reader said; undefined when that is no card. */
  readonly cardNumber?: (read: CardRead, readerId: string) => string | undefined;
}

export interface OpenReaders {
  readonly port: number;
  /** The readers that there are from now on; those that stayed as they were keep their connections. */
  setReaders(places: readonly ReaderPlace[]): void;
  /** Undefined when there is none with this id. */
  reader(id: string): Reader | undefined;
  state(id: string): ReaderState;
  feedback(id: string, feedback: Feedback): void;
  /** What a reader of kind `screen` read; it counts as any other card. Other readers are not told of. */
  tell(id: string, read: CardRead): void;
  /** Undefined where nobody tries numbers, and nothing floods. */
  siege(id: string): ReaderUnderSiege | undefined;
  close(): Promise<void>;
}

const loopback = ["127.0.0.1", "::1"];
const mostConnections = 1_024;

/** What the answer to a card says of it. */
const became = {
  accepted: "known",
  refused: "unknown",
  busy: "undecided",
  offline: "undecided",
} as const;

interface Opened {
  readonly place: string;
  readonly reader: Reader;
  /** Of a reader that dials in. */
  readonly listening?: ListeningReader;
  readonly from: readonly string[];
  readonly isTold?: boolean;
  guard: Guard;
}

/** Opens all readers of a bridge. Throws a sentence when the port cannot be listened on. */
export async function openReaders(options: OpenReadersOptions): Promise<OpenReaders> {
  const { host, port, now, random, cardNumber = ({ text }) => canonicalCardNumber(text) } = options;
  const opened = new Map<string, Opened>();
  const plugged = pluggedReaders({ now });
  /** Readers that are not wanted any more, and let go of what they had. */
  const leaving = new Set<Promise<void>>();

  const listeningAt = (address: string): ListeningReader | undefined => {
    for (const { from, listening } of opened.values())
      if (listening !== undefined && from.includes(address)) return listening;
    return undefined;
  };

  const listener = await listenTcp({
    host,
    port,
    admits: (address) => listeningAt(address) !== undefined,
    mostConnections,
    onWire: (wire) => {
      const reader = listeningAt(wire.address);
      if (reader === undefined) throw new Error("A connection was let in that no reader has.");
      reader.attach(wire);
    },
  });

  function read(id: string, typed: CardRead): void {
    const place = opened.get(id);
    if (place === undefined) return;
    // A stripe or a barcode that comes as keys is one all the same; and somebody's money is no badge.
    const line =
      typed.medium === "wedge" ? readCard({ text: typed.text, framed: false }, typed) : undefined;
    if (line?.kind === "refused")
      options.onRefused?.(id, { kind: "no-badge", sentence: line.sentence });
    if (line !== undefined && line.kind !== "card") return;
    const it = line?.card ?? typed;
    const at = now();
    const judged = judgeReading(place.guard, { said: it.text, at }, () => cardNumber(it, id));
    place.guard = judged.guard;
    if (judged.tell !== undefined) options.onFlood?.(id, judged.tell);
    const { number, passage } = judged;
    options.onReading?.({ readerId: id, at, read: it, number, passage });
    if (number !== undefined && passage === "admitted")
      options.onCard({ ...it, text: number, said: it.text, readerId: id, at });
  }

  function open({ id, connection }: ReaderPlace, place: string): Opened {
    const told = {
      id,
      now,
      random,
      onRead: (it: CardRead) => read(id, it),
      onRemoved: () => options.onRemoved?.(id),
      onRefused: (refused: Refused) => options.onRefused?.(id, refused),
      onState: (state: ReaderState, trouble: ReaderTrouble | undefined) =>
        options.onState(id, state, trouble),
    };
    const guard = newGuard;
    switch (connection.kind) {
      case "listen": {
        const { driver, from = loopback } = connection;
        const reader = listeningReader({ ...told, ...(driver === undefined ? {} : { driver }) });
        return { place, reader, listening: reader, from, guard };
      }
      case "dial": {
        const reader = keepReader({ ...told, open: dialled(connection) });
        reader.appeared();
        return { place, reader, from: [], guard };
      }
      case "screen":
        return {
          place,
          reader: toldReader(id, () => options.onState(id, "ready")),
          from: [],
          isTold: true,
          guard,
        };
      default: {
        const reader = plugged.add(id, connection, (opens) => keepReader({ ...told, open: opens }));
        return { place, reader, from: [], guard };
      }
    }
  }

  const dialled = (connection: Connection & { kind: "dial" }): OpenPlace => {
    const learned = new Map<string, unknown>();
    return (events, signal) => {
      const { host: to, port: at, driver, settings } = connection;
      const candidate: Candidate = { transport: "tcp-dial", address: `${to}:${at}` };
      return openCandidate({
        candidate,
        ...(driver === undefined ? {} : { named: driver }),
        ...(settings === undefined ? {} : { settings }),
        learned,
        openWire: (abort) => dialTcp({ host: to, port: at, signal: abort }),
        events,
        signal,
        now,
      });
    };
  };

  function leave(id: string, { reader }: Opened): void {
    opened.delete(id);
    plugged.remove(id);
    const left = reader.close().finally(() => leaving.delete(left));
    leaving.add(left);
  }

  return {
    port: listener.port,
    setReaders(places) {
      const wanted = new Map(places.map((place) => [place.id, place]));
      for (const [id, it] of opened) if (JSON.stringify(wanted.get(id)) !== it.place) leave(id, it);
      for (const place of places)
        if (!opened.has(place.id)) opened.set(place.id, open(place, JSON.stringify(place)));
    },
    reader: (id) => opened.get(id)?.reader,
    state: (id) => opened.get(id)?.reader.state() ?? "absent",
    feedback(id, feedback) {
      const it = opened.get(id);
      if (it === undefined) return;
      it.guard = { ...it.guard, gate: noteCard(it.guard.gate, became[feedback]) };
      it.reader.feedback(feedback);
    },
    tell(id, it) {
      if (opened.get(id)?.isTold === true) read(id, it);
    },
    siege(id) {
      const it = opened.get(id);
      if (it === undefined) return undefined;
      const { gate, turned } = it.guard;
      const waitMs = slowedFor(gate, now());
      return waitMs > 0 || isFlooded(turned, now())
        ? { unknown: gate.unknown, turnedAway: turned.total, waitMs }
        : undefined;
    },
    async close() {
      plugged.close();
      for (const [id, it] of opened) leave(id, it);
      await Promise.all([...leaving, listener.close()]);
    },
  };
}
