import { decimalOf } from "../pricing/money.ts";
import { Books } from "../protocol/admin.ts";
import { adminClient } from "./admin-client.ts";
import type { Context } from "./context.ts";

/** `guichet books`: the ledger adds itself up. Exit code 1 if it does not come to zero. */
export async function books(context: Context): Promise<number> {
  const admin = adminClient({
    url: context.settings.server.localUrl,
    serverFolder: context.folders.server,
  });
  const found = await admin.get("/api/admin/books", Books);
  console.log(
    [
      found.sentence,
      `  sum of all entries   ${decimalOf(found.sum)}`,
      `  transfers            ${found.transfers}`,
      `  open reservations    ${found.openReservations}`,
      `  uncertain releases   ${found.uncertain}`,
    ].join("\n"),
  );
  return found.sum === 0 ? 0 : 1;
}
