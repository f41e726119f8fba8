import { createHmac, randomBytes } from "node:crypto";
import { forgetOldest } from "./forget-oldest.ts";
import { hashSecret, verifySecret } from "./secret-hash.ts";

/** Checks secrets against their hashes; bounded, since each check costs 19 MiB and 20 ms of a core. */
export type SecretChecker = {
  /** Whether it is the secret; `busy` when too many wait already. No hash costs the same and is wrong. */
  check: (secret: string, hashed: string | null) => Promise<boolean | "busy">;
  /** Whether this very pair was right before, as far as memory goes; costs next to nothing. */
  knows: (secret: string, hashed: string | null) => boolean;
  /**
   * Hashes a new secret: behind all who wait to sign in, unless its owner is one of them, who just used
   * it and will again: theirs is remembered as right.
   */
  hash: (secret: string, line?: "patient" | "urgent") => Promise<string>;
};

const KNOWN_AT_MOST = 20_000;

/**
 * Makes a checker that runs `atOnce` checks and lets `waiting` more wait. Pairs that were right are
 * remembered by a keyed hash under a key that is never written down; a changed secret has another hash
 * and so is not known.
 */
export function createSecretChecker(bounds: { atOnce: number; waiting: number }): SecretChecker {
  const key = randomBytes(32);
  const known = new Set<string>();
  const urgent: (() => void)[] = [];
  const patient: (() => void)[] = [];
  let running = 0;

  const keyOf = (secret: string, hashed: string): string =>
    createHmac("sha256", key).update(`${hashed}\n${secret}`).digest("base64");
  const remember = (secret: string, hashed: string): void => {
    known.add(keyOf(secret, hashed));
    forgetOldest(known, KNOWN_AT_MOST);
  };
  const next = (): void => {
    // New secrets never take the last place: whoever stands at a terminal goes first.
    const begin = urgent.shift() ?? (running < bounds.atOnce - 1 ? patient.shift() : undefined);
    if (begin === undefined) return;
    running += 1;
    begin();
  };
  const inTurn = async <T>(line: (() => void)[], work: () => Promise<T>): Promise<T> => {
    const turn = new Promise<void>((resolve) => line.push(resolve));
    if (running < bounds.atOnce) next();
    await turn;
    try {
      return await work();
    } finally {
      running -= 1;
      next();
    }
  };

  return {
    knows: (secret, hashed) => hashed !== null && known.has(keyOf(secret, hashed)),
    async check(secret, hashed) {
      if (hashed !== null && known.has(keyOf(secret, hashed))) return true;
      if (urgent.length >= bounds.waiting) return "busy";
      const right = await inTurn(urgent, () => verifySecret(secret, hashed));
      if (right && hashed !== null) remember(secret, hashed);
      return right;
    },
    async hash(secret, line = "patient") {
      const hashed = await inTurn(line === "urgent" ? urgent : patient, () => hashSecret(secret));
      if (line === "urgent") remember(secret, hashed);
      return hashed;
    },
  };
}
