import type { Candidate, OpenedReader } from "../driver.ts";
import { chooseDrivers } from "../drivers.ts";
import type { CardRead, Reader, ReaderState, Refused } from "../reader.ts";
import { type ReaderTrouble, troubleOf } from "../transport/trouble.ts";
import type { ByteWire } from "../transport/wire.ts";
import { openCandidate } from "./open-candidate.ts";

export interface ListeningOptions {
  readonly id: string;
  readonly driver?: string;
  readonly onRead: (read: CardRead) => void;
  readonly onRemoved: () => void;
  readonly onRefused: (refused: Refused) => void;
  readonly onState: (state: ReaderState, trouble: ReaderTrouble | undefined) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

export interface ListeningReader extends Reader {
  /** It dialled in. One connection an address: an older one of the same address is ended. */
  attach(wire: ByteWire): void;
}

interface Connection {
  readonly wire: ByteWire;
  readonly over: AbortController;
  reader?: OpenedReader;
}

/** A reader that dials in, from one address or from several. Nothing is tried again here: it comes. */
export function listeningReader(options: ListeningOptions): ListeningReader {
  const { id, driver, now } = options;
  /** By address: each may be another kind of reader. */
  const learned = new Map<string, Map<string, unknown>>();
  const connections = new Map<string, Connection>();
  let state: ReaderState = "absent";
  let trouble: ReaderTrouble | undefined;
  /** The one that read last is the one where a person stands. */
  let newest: Connection | undefined;

  /** Whoever dials in may send a card in the same moment, which would wait until its driver is loaded. */
  function loadAhead(): void {
    const candidate: Candidate = { transport: "tcp-listen", address: id };
    const choice = chooseDrivers(candidate, driver === undefined ? {} : { named: driver });
    // What is wrong with it is told when somebody dials in.
    if (choice.kind === "chosen") choice.drivers[0]?.load().catch(() => undefined);
  }

  function settle(next: ReaderState, why: ReaderTrouble | undefined): void {
    trouble = why;
    if (next === state) return;
    state = next;
    options.onState(state, trouble);
  }

  function learnedAt(address: string): Map<string, unknown> {
    const known = learned.get(address) ?? new Map<string, unknown>();
    learned.set(address, known);
    return known;
  }

  async function end(connection: Connection): Promise<void> {
    connection.over.abort();
    if (newest === connection) newest = undefined;
    await (connection.reader ?? connection.wire).close().catch(() => undefined);
  }

  function failed(connection: Connection, why: ReaderTrouble): void {
    if (connection.over.signal.aborted) return;
    void end(connection);
    connections.delete(connection.wire.address);
    const others = [...connections.values()].some(({ reader }) => reader !== undefined);
    if (!others) settle(why.kind === "gone" ? "absent" : "degraded", why);
  }

  async function open(connection: Connection): Promise<void> {
    const { wire, over } = connection;
    const candidate: Candidate = { transport: "tcp-listen", address: wire.address };
    const current = () => !over.signal.aborted;
    try {
      const reader = await openCandidate({
        candidate,
        ...(driver === undefined ? {} : { named: driver }),
        learned: learnedAt(wire.address),
        openWire: () => Promise.resolve(wire),
        events: {
          onCard(read) {
            if (!current()) return;
            newest = connection;
            options.onRead(read);
          },
          onRemoved: () => current() && options.onRemoved(),
          onRefused: (refused) => current() && options.onRefused(refused),
          onTrouble: (why) => failed(connection, why),
        },
        signal: over.signal,
        now,
      });
      if (!current()) {
        await reader.close();
        return;
      }
      connection.reader = reader;
      newest = connection;
      settle("ready", undefined);
    } catch (error) {
      failed(connection, troubleOf(error, wire.address));
    }
  }

  loadAhead();
  return {
    id,
    state: () => state,
    identity: () => newest?.reader?.identity,
    trouble: () => trouble,
    attach(wire) {
      const before = connections.get(wire.address);
      if (before !== undefined) void end(before);
      const connection: Connection = { wire, over: new AbortController() };
      connections.set(wire.address, connection);
      void open(connection);
    },
    feedback: (feedback) => newest?.reader?.feedback(feedback),
    async close() {
      await Promise.all([...connections.values()].map(end));
      connections.clear();
      settle("absent", undefined);
    },
  };
}
