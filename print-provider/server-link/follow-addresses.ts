import type { Link } from "../../link/client.ts";
import { AddressFeed } from "../../protocol/provider-people.ts";
import type { Database } from "../../storage/open-database.ts";
import { takeAddresses } from "../identity/queue-addresses.ts";
import { type KeepTrying, keepTrying } from "./keep-trying.ts";

/** The server waits 25 s with its answer; this is longer. */
const timeoutMs = 40_000;

/**
 * Hears of every secret address that is made or revoked, until the signal. Begins with all of them, in
 * case the server was put back to an older copy since. Never throws.
 */
export function followAddresses(
  parts: { db: Database; link: Link; onReached: () => void } & KeepTrying,
): Promise<void> {
  const { db, link, onReached, signal } = parts;
  let after: number | undefined;
  return keepTrying(async () => {
    const query = after === undefined ? "" : `?after=${after}`;
    const feed = await link.get(`/api/provider/addresses${query}`, AddressFeed, {
      timeoutMs,
      signal,
    });
    onReached();
    if (feed.whole || feed.revision !== after) takeAddresses(db, feed);
    after = feed.revision;
  }, parts);
}
