import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { ScreenCode } from "../../protocol/bridge-server.ts";
import { screenCodeHash } from "../../protocol/screen-code.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";

/** Wrong codes that may be typed at once on all screens of a bridge, and one more each half minute. */
const wrongMost = 10;
const wrongEveryMs = 30_000;
const tokenBytes = 32;

export type Pairing =
  | { readonly kind: "paired"; readonly token: string }
  | { readonly kind: "wrong" }
  | { readonly kind: "wait" };

/** The screens that may show a terminal from beyond the bridge's own machine: one a terminal. */
export interface PairedScreens {
  /** Whether a screen that shows this token is the terminal's. */
  isPaired(terminal: string, token: string | undefined): boolean;
  /** Exchanges a code for a token; the terminal's older screen, if it had one, is no longer its own. */
  pair(terminal: string, code: string): Pairing;
  /** What the server told of codes that are good now. */
  setCodes(codes: readonly ScreenCode[]): void;
}

/** Tokens are kept as hashes. `now` is monotonic, in milliseconds. */
export function createPairedScreens(db: Database, now: () => number): PairedScreens {
  const find = statement<{ terminal: string }, { token_hash: Uint8Array }>(
    db,
    "SELECT token_hash FROM paired_screen WHERE terminal = :terminal",
  );
  const isUsed = statement<{ code: string }, { code: string }>(
    db,
    "SELECT code FROM used_screen_code WHERE code = :code",
  );
  const keep = statement<{ terminal: string; hash: Uint8Array }>(
    db,
    `INSERT INTO paired_screen (terminal, token_hash) VALUES (:terminal, :hash)
     ON CONFLICT (terminal) DO UPDATE SET token_hash = :hash`,
  );
  const use = statement<{ code: string }>(
    db,
    "INSERT OR IGNORE INTO used_screen_code (code) VALUES (:code)",
  );
  let codes: readonly ScreenCode[] = [];
  const firstSeen = new Map<string, number>();
  let wrong = 0;
  let wrongAt = now();

  const isFresh = ({ hash, minutes }: ScreenCode): boolean => {
    const seen = firstSeen.get(hash);
    return seen !== undefined && now() - seen < minutes * 60_000;
  };

  return {
    isPaired(terminal, token) {
      const row = token === undefined ? undefined : find.get({ terminal });
      return row !== undefined && timingSafeEqual(row.token_hash, hashOf(token ?? ""));
    },
    pair(terminal, code) {
      wrong = Math.max(0, wrong - Math.floor((now() - wrongAt) / wrongEveryMs));
      if (wrong >= wrongMost) return { kind: "wait" };
      // Counted before it is looked at.
      wrong += 1;
      wrongAt = now();
      const hash = screenCodeHash(terminal, code, (text) =>
        createHash("sha256").update(text).digest("base64url"),
      );
      const known = codes.find((one) => one.terminal === terminal && one.hash === hash);
      if (known === undefined || !isFresh(known) || isUsed.get({ code: hash }) !== undefined)
        return { kind: "wrong" };
      wrong -= 1;
      const token = randomBytes(tokenBytes).toString("base64url");
      db.transaction(() => {
        use.run({ code: hash });
        keep.run({ terminal, hash: hashOf(token) });
      })();
      return { kind: "paired", token };
    },
    setCodes(told) {
      codes = told;
      const there = new Set(told.map(({ hash }) => hash));
      for (const hash of firstSeen.keys()) if (!there.has(hash)) firstSeen.delete(hash);
      for (const hash of there) if (!firstSeen.has(hash)) firstSeen.set(hash, now());
    },
  };
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
