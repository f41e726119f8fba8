import { queueTokenFinder } from "../../link/queue-token.ts";
import type { AddressFeed } from "../../protocol/provider-people.ts";
import type { Database } from "../../storage/open-database.ts";
import { transaction } from "../../storage/transaction.ts";
import { prepared } from "../database/prepared.ts";

/** People's secret addresses as last heard from the server; kept, so that they work while it is away. */
const add = prepared<{ finder: Uint8Array; queue: string; owner: string }>(
  `INSERT INTO queue_address (finder, queue, owner) VALUES (:finder, :queue, :owner)
   ON CONFLICT (finder) DO UPDATE SET queue = excluded.queue, owner = excluded.owner`,
);
const remove = prepared<{ finder: Uint8Array }>("DELETE FROM queue_address WHERE finder = :finder");
const clear = prepared("DELETE FROM queue_address");
const find = prepared<{ finder: Uint8Array; queue: string }, { owner: string }>(
  "SELECT owner FROM queue_address WHERE finder = :finder AND queue = :queue",
);
const readKey = prepared<Record<never, never>, { key: Uint8Array }>(
  "SELECT key FROM queue_address_key WHERE one = 1",
);
const writeKey = prepared<{ key: Uint8Array }>(
  `INSERT INTO queue_address_key (one, key) VALUES (1, :key)
   ON CONFLICT (one) DO UPDATE SET key = excluded.key`,
);

/** Whose address of this queue it is, by the token in it; undefined for nobody's. */
export function ownerOfAddress(
  db: Database,
  { queue, token }: { queue: string; token: string },
): string | undefined {
  const key = readKey(db).get({})?.key;
  if (key === undefined) return undefined;
  return find(db).get({ finder: queueTokenFinder(key, token), queue })?.owner;
}

/** Takes over what changed, or all there is. Durable on return. */
export function takeAddresses(db: Database, feed: AddressFeed): void {
  transaction(db, () => {
    writeKey(db).run({ key: Buffer.from(feed.key, "base64url") });
    if (feed.whole) clear(db).run({});
    for (const { finder, queue, login } of feed.addresses)
      add(db).run({ finder: Buffer.from(finder, "base64url"), queue, owner: login });
    for (const finder of feed.revoked) remove(db).run({ finder: Buffer.from(finder, "base64url") });
  });
}
