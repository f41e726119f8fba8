import type { Candidate, TransportKind } from "../driver.ts";

/** A reader that shall be plugged in somewhere. */
export interface PluggedPlace {
  readonly id: string;
  readonly transport: TransportKind;
  /** The path that was configured, or undefined for any. */
  readonly path?: string;
  /** The USB socket where it was last. */
  readonly socket?: string;
}

/**
 * Which of the things that are plugged in is which reader. First whoever is in the socket where it was,
 * whatever number its port has now; then by path; then any that is left and fits. No thing is two
 * readers, so that a second one of the same kind is another reader.
 */
export function assignPlaces(
  places: readonly PluggedPlace[],
  found: readonly Candidate[],
  fits: (place: PluggedPlace, candidate: Candidate) => boolean,
): ReadonlyMap<string, Candidate> {
  const assigned = new Map<string, Candidate>();
  const taken = new Set<Candidate>();
  const take = (which: (place: PluggedPlace, candidate: Candidate) => boolean) => {
    for (const place of places) {
      if (assigned.has(place.id)) continue;
      const candidate = found.find(
        (it) => it.transport === place.transport && !taken.has(it) && which(place, it),
      );
      if (candidate === undefined) continue;
      taken.add(candidate);
      assigned.set(place.id, candidate);
    }
  };
  take((place, { usb }) => place.socket !== undefined && usb?.socket === place.socket);
  take((place, { address }) => place.socket === undefined && address === place.path);
  take((place, candidate) => place.path === undefined && fits(place, candidate));
  // It was moved to another socket, and got its old path there.
  take((place, { address }) => address === place.path);
  return assigned;
}
