import type { DriverSettings } from "../driver.ts";
import { ReaderTrouble } from "../transport/trouble.ts";
import type { Trust } from "./panel-state.ts";
import { isGuessableKey, keyLength, publicDefaultKey } from "./secure-codec.ts";

export interface OsdpSettings {
  /** 0 to 126: the reader's address on its line. */
  readonly address: number;
  readonly trust: Trust;
}

/**
 * What a site set for an OSDP reader: `address`, and either its `key` (32 hex digits) or `clearText`;
 * `install` while a reader is given that key. Throws ReaderTrouble with a sentence when nobody could
 * know whether it is the site's reader that tells a card.
 */
export function osdpSettings(settings: DriverSettings, where: string): OsdpSettings {
  const { address = 0, key, clearText = false, install = false } = settings;
  if (typeof address !== "number" || !Number.isInteger(address) || address < 0 || address > 126)
    throw refused(`The OSDP address of the reader at ${where} must be from 0 to 126.`);
  if (key === undefined && clearText === true) return { address, trust: { kind: "clear" } };
  if (key === undefined)
    throw refused(
      `The reader at ${where} has no OSDP key here, so it is not used. Make one and give it to the reader with \`npx guichet reader-key\`, or say in the configuration that it may send cards in clear text.`,
    );
  const bytes = typeof key === "string" ? Buffer.from(key, "hex") : Buffer.alloc(0);
  if (bytes.length !== keyLength)
    throw refused(`The OSDP key of the reader at ${where} must be 32 hex digits.`);
  const refusal = keyRefusal(bytes);
  if (refusal !== undefined)
    throw refused(`${refusal} The reader at ${where} is not used with it.`);
  const trusted = Uint8Array.from(bytes);
  return { address, trust: { kind: install === true ? "install" : "key", key: trusted } };
}

/** Why a key is no secret, in a sentence; undefined for one that may be. */
export function keyRefusal(key: Uint8Array): string | undefined {
  if (Buffer.from(key).equals(publicDefaultKey))
    return "This is the key that every OSDP reader is delivered with (SCBK-D), and everybody has it.";
  return isGuessableKey(key) ? "This OSDP key is one of those that are tried first." : undefined;
}

const refused = (sentence: string) => new ReaderTrouble("forbidden", sentence);
