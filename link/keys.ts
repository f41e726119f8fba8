import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeSecret } from "./write-secret.ts";

/** An Ed25519 key pair (RFC 8032); the public half as it travels: raw 32 bytes, base64url. */
export type KeyPair = { privateKey: KeyObject; publicKey: string };

/** The prefix of an Ed25519 SubjectPublicKeyInfo (RFC 8410 §4); the raw key follows it. */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/**
 * Reads a key pair from a PEM file, or makes one and stores it (mode 0600, synced) if there is none.
 * Throws a sentence that names the file when it cannot be read or written.
 */
export function loadOrCreateKeyPair(path: string): KeyPair {
  if (existsSync(path)) return fromPem(path, readFileSync(path, "utf8"));
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  writeSecret(path, pem);
  return { privateKey, publicKey: rawPublicKey(privateKey) };
}

/** Signs the parts, each with its length before it, under a label that tells what is being signed. */
export function signBytes(
  privateKey: KeyObject,
  label: string,
  ...parts: (string | Uint8Array)[]
): string {
  return sign(null, framed(label, parts), privateKey).toString("base64url");
}

/** Whether the signature was made by the holder of `publicKey` for this label and these parts. */
export function verifyBytes(
  publicKey: string,
  label: string,
  signature: string,
  ...parts: (string | Uint8Array)[]
): boolean {
  const raw = Buffer.from(publicKey, "base64url");
  if (raw.length !== 32) return false;
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, raw]),
    format: "der",
    type: "spki",
  });
  return verify(null, framed(label, parts), key, Buffer.from(signature, "base64url"));
}

/** Lengths before the parts, so that no two different lists of parts are the same bytes. */
function framed(label: string, parts: (string | Uint8Array)[]): Buffer {
  const pieces = [label, ...parts].map((part) => Buffer.from(part as string));
  return Buffer.concat(
    pieces.flatMap((piece) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(piece.length);
      return [length, piece];
    }),
  );
}

function fromPem(path: string, pem: string): KeyPair {
  try {
    const privateKey = createPrivateKey(pem);
    return { privateKey, publicKey: rawPublicKey(privateKey) };
  } catch (error) {
    throw new Error(`The key file ${path} is damaged. Restore it from the backup, or enrol anew.`, {
      cause: error,
    });
  }
}

function rawPublicKey(privateKey: KeyObject): string {
  const spki = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  return spki.subarray(SPKI_PREFIX.length).toString("base64url");
}
