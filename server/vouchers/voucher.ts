import type { Money } from "../../pricing/money.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { adjustBalance } from "../ledger/adjust-balance.ts";
import { type CardKeys, cardFinder } from "../people/card-keys.ts";
import { perDatabase } from "../per-database.ts";

export const VOUCHER_RANDOM_BYTES = 10;
/** Crockford's alphabet: nothing in it is taken for something else. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

type Row = { amount: number; expires_at: number | null; used_at: number | null };
export type VoucherUsed = "used" | "unknown" | "used-before" | "expired";

const statements = perDatabase((db) => ({
  make: statement<{ finder: Uint8Array; amount: number; expiresAt: number | null }>(
    db,
    "INSERT INTO voucher (finder, amount, expires_at) VALUES (:finder, :amount, :expiresAt)",
  ),
  read: statement<{ finder: Uint8Array }, Row>(
    db,
    "SELECT amount, expires_at, used_at FROM voucher WHERE finder = :finder",
  ),
  use: statement<{ finder: Uint8Array; personId: string; now: number }>(
    db,
    "UPDATE voucher SET used_by = :personId, used_at = :now WHERE finder = :finder",
  ),
}));

/** Ten random bytes as a code of sixteen signs, in groups of four. */
export function voucherCode(random: Uint8Array): string {
  if (random.length !== VOUCHER_RANDOM_BYTES) throw new Error("A voucher takes 10 random bytes.");
  let bits = BigInt(`0x${Buffer.from(random).toString("hex")}`);
  let code = "";
  for (let n = 0; n < 16; n += 1) {
    code = `${alphabet[Number(bits & 31n)]}${code}`;
    bits >>= 5n;
  }
  return code.match(/.{4}/g)?.join("-") ?? code;
}

/** Keeps vouchers of one amount; `expiresAt` is the server's clock, for ever where null. */
export function makeVouchers(
  db: Database,
  made: { keys: CardKeys; codes: readonly string[]; amount: Money; expiresAt: number | null },
): void {
  const { keys, codes, amount, expiresAt } = made;
  transaction(db, () => {
    for (const code of codes)
      statements(db).make.run({ finder: voucherFinder(keys, code), amount, expiresAt });
  });
}

/** Credits a person with what a voucher is worth; a voucher is good once. */
export function spendVoucher(
  db: Database,
  spent: { keys: CardKeys; code: string; personId: string },
  now: number,
): VoucherUsed {
  const finder = voucherFinder(spent.keys, spent.code);
  const { personId } = spent;
  return transaction(db, (): VoucherUsed => {
    const voucher = statements(db).read.get({ finder });
    if (voucher === undefined) return "unknown";
    if (voucher.used_at !== null) return "used-before";
    if (voucher.expires_at !== null && voucher.expires_at <= now) return "expired";
    const id = `voucher:${finder.toString("base64url")}`;
    const { amount } = voucher;
    const booked = adjustBalance(db, { id, personId, amount, comment: "voucher" }, now);
    if (booked.kind !== "done") return "unknown";
    statements(db).use.run({ finder, personId, now });
    return "used";
  });
}

/** Typed by hand: case and dashes do not matter, and O, I and L are what they look like. */
function voucherFinder(keys: CardKeys, code: string): Buffer {
  const plain = code.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return cardFinder(keys, `voucher ${plain}`);
}
