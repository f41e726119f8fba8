import { realpath } from "node:fs/promises";
import type { Candidate, DriverEvents, DriverSettings, OpenedReader } from "../driver.ts";
import { chooseDrivers, drivers } from "../drivers.ts";
import { type PluggedKind, type PluggedTransport, pluggedTransport } from "../transport/plugged.ts";
import { ReaderTrouble } from "../transport/trouble.ts";
import { assignPlaces, type PluggedPlace } from "./assign-places.ts";
import type { KeptReader } from "./keep-reader.ts";
import { openCandidate } from "./open-candidate.ts";
import { watchPlugs } from "./watch-plugs.ts";

/** Where a reader is plugged in, as it was configured. */
export interface PluggedConnection {
  readonly kind: PluggedKind;
  /** Of the port; any that fits if left out. */
  readonly path?: string;
  /** In baud. */
  readonly speed?: number;
  readonly driver?: string;
  readonly settings?: DriverSettings;
}

export type OpenPlace = (events: DriverEvents, signal: AbortSignal) => Promise<OpenedReader>;

export interface PluggedReaders {
  /** A reader that shall be there. `keep` makes its life, of the function that opens it. */
  add(id: string, connection: PluggedConnection, keep: (open: OpenPlace) => KeptReader): KeptReader;
  remove(id: string): void;
  close(): void;
}

interface Place {
  readonly connection: PluggedConnection;
  readonly reader: KeptReader;
  /** The path without the links on its way. */
  path: string | undefined;
  candidate: Candidate | undefined;
  /** The socket where it was last. */
  socket: string | undefined;
  /** The driver that shook hands; until it is unplugged no other is tried, however silent it is. */
  proven: string | undefined;
  readonly learned: Map<string, unknown>;
}

/** Finds the readers that are plugged into this machine, and finds them again. */
export function pluggedReaders(options: {
  readonly now: () => number;
  /** This machine's own, if left out. */
  readonly transportOf?: (kind: PluggedKind) => Promise<PluggedTransport>;
}): PluggedReaders {
  const { now, transportOf = pluggedTransport } = options;
  const places = new Map<string, Place>();
  let watch: ReturnType<typeof watchPlugs> | undefined;

  async function list(): Promise<Candidate[]> {
    const kinds = new Set([...places.values()].map(({ connection }) => connection.kind));
    const lists = [...kinds].map(async (kind) => (await transportOf(kind)).list());
    for (const place of places.values())
      if (place.connection.path !== undefined)
        place.path = await realpath(place.connection.path).catch(() => place.connection.path);
    return (await Promise.all(lists)).flat();
  }

  function assign(found: readonly Candidate[]): void {
    const wanted = [...places].map(([id, { connection, path, socket }]): PluggedPlace => {
      const transport = connection.kind;
      const where = path === undefined ? {} : { path };
      return { id, transport, ...where, ...(socket === undefined ? {} : { socket }) };
    });
    const assigned = assignPlaces(wanted, found, ({ id }, it) => fits(places.get(id), it));
    for (const [id, place] of places) {
      const next = assigned.get(id);
      if (keyOf(next) === keyOf(place.candidate)) continue;
      const before = place.candidate;
      place.candidate = next;
      if (before !== undefined) {
        place.proven = undefined;
        place.learned.clear();
        place.reader.vanished();
      }
      if (next !== undefined) place.reader.appeared();
    }
  }

  async function open(place: Place, ...[events, signal]: Parameters<OpenPlace>) {
    const { connection, path } = place;
    const named = connection.driver ?? place.proven;
    const candidate = place.candidate ?? byPath(connection, path);
    const transport = await transportOf(connection.kind);
    const { speed, settings } = connection;
    const reader = await openCandidate({
      candidate,
      ...(named === undefined ? {} : { named }),
      ...(settings === undefined ? {} : { settings }),
      learned: place.learned,
      openWire: () =>
        transport.open(candidate, {
          ...(speed === undefined ? {} : { speed }),
          ...(settings === undefined ? {} : { settings }),
        }),
      events,
      signal,
      now,
    });
    if (place.candidate === candidate) {
      place.proven = reader.identity.driver;
      place.socket = candidate.usb?.socket;
    }
    return reader;
  }

  return {
    add(id, connection, keep) {
      const reader = keep((events, signal) => open(place, events, signal));
      const place: Place = {
        connection,
        reader,
        path: connection.path,
        candidate: undefined,
        socket: undefined,
        proven: undefined,
        learned: new Map(),
      };
      places.set(id, place);
      // What is being looked for now did not include this one yet.
      if (watch !== undefined) watch.look();
      else watch = watchPlugs({ list, onChange: assign });
      // A port that no socket of USB is behind will not be found, and may be there.
      if (connection.path !== undefined) reader.appeared();
      return reader;
    },
    remove: (id) => void places.delete(id),
    close() {
      watch?.close();
      watch = undefined;
      places.clear();
    },
  };
}

function fits(place: Place | undefined, candidate: Candidate): boolean {
  const named = place?.connection.driver;
  if (named === undefined) return chooseDrivers(candidate).kind === "chosen";
  const entry = drivers.find(({ id }) => id === named);
  return entry !== undefined && entry.score(candidate) > 0;
}

function byPath({ kind }: PluggedConnection, path: string | undefined): Candidate {
  if (path === undefined)
    throw new ReaderTrouble("gone", "No reader that could be this one is plugged in.");
  return { transport: kind, address: path };
}

/** The same place is not the same plug: one that was in again before anybody looked has lost its wire. */
function keyOf(candidate: Candidate | undefined): string | undefined {
  const { socket = "", deviceNumber = "" } = candidate?.usb ?? {};
  return candidate && `${candidate.address} ${socket} ${deviceNumber}`;
}
