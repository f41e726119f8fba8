import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { purposeKey } from "../../storage/site-key.ts";

/** Keys that card numbers are found and sealed by; they follow from the site key, outside the database. */
export type CardKeys = { finding: KeyObject; sealing: KeyObject };

/** A card number as it is stored. */
export type SealedCard = { finder: Buffer; sealed: Buffer };

export function cardKeys(siteKey: KeyObject): CardKeys {
  return {
    finding: purposeKey(siteKey, "find card numbers"),
    sealing: purposeKey(siteKey, "seal card numbers"),
  };
}

/** The keyed hash by which a card number is found (HMAC-SHA-256). Without the key, 2^24 tries tell it. */
export function cardFinder(keys: CardKeys, cardNumber: string): Buffer {
  return createHmac("sha256", keys.finding).update(cardNumber).digest();
}

/** Seals a card number for one person (AES-256-GCM): it opens for that person only. */
export function sealCard(
  keys: CardKeys,
  card: { personId: string; cardNumber: string },
): SealedCard {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keys.sealing, nonce);
  cipher.setAAD(Buffer.from(card.personId));
  const text = Buffer.concat([cipher.update(card.cardNumber, "utf8"), cipher.final()]);
  return {
    finder: cardFinder(keys, card.cardNumber),
    sealed: Buffer.concat([nonce, text, cipher.getAuthTag()]),
  };
}

/** The number of a sealed card. Throws when it was changed, or sealed for another person or site. */
export function openCard(keys: CardKeys, card: { personId: string; sealed: Uint8Array }): string {
  const { sealed } = card;
  const end = sealed.length - 16;
  const decipher = createDecipheriv("aes-256-gcm", keys.sealing, sealed.subarray(0, 12), {
    authTagLength: 16,
  });
  decipher.setAAD(Buffer.from(card.personId));
  decipher.setAuthTag(sealed.subarray(end));
  return Buffer.concat([decipher.update(sealed.subarray(12, end)), decipher.final()]).toString(
    "utf8",
  );
}
