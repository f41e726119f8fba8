import {
  argon2Sync,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";
import { newKey, unwrapKey, wrapKey } from "../../storage/wrapped-key.ts";

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1, maxLength: 512, pattern: "^[A-Za-z0-9_-]+$" });

/** How the key of a backup's content is found: by a passphrase, or by a private key (X25519). */
export const Envelope = Type.Union([
  Type.Object(
    {
      by: Type.Literal("passphrase"),
      salt: Text,
      memory: Type.Integer({ minimum: 8, maximum: 1_048_576 }),
      passes: Type.Integer({ minimum: 1, maximum: 100 }),
      wrapped: Text,
    },
    closed,
  ),
  Type.Object({ by: Type.Literal("public-key"), ephemeral: Text, wrapped: Text }, closed),
]);
export type Envelope = Static<typeof Envelope>;

type Passphrase = { by: "passphrase"; passphrase: string };
/** The keys are of X25519. */
export type Lock = Passphrase | { by: "public-key"; key: KeyObject };
export type Unlock = Passphrase | { by: "private-key"; key: KeyObject };

const form = Compile(Envelope);
const context = "guichet backup";
/** Argon2id (RFC 9106): a quarter of a second here; who steals a backup has all the time there is. */
const cost = { memory: 131_072, passes: 3 } as const;

/** A new key for the content of a backup, and the envelope by which it is found again. */
export function lockKey(lock: Lock): { key: KeyObject; envelope: Envelope } {
  const key = newKey();
  if (lock.by === "passphrase") {
    const salt = randomBytes(16);
    const wrappingKey = stretched({ passphrase: lock.passphrase, salt, ...cost });
    const wrapped = text(wrapKey({ wrappingKey, key, context }));
    return { key, envelope: { by: "passphrase", salt: text(salt), ...cost, wrapped } };
  }
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  const ephemeral = publicKey.export({ type: "spki", format: "der" });
  const wrappingKey = agreed({ privateKey, publicKey: lock.key, ephemeral });
  const wrapped = text(wrapKey({ wrappingKey, key, context }));
  return { key, envelope: { by: "public-key", ephemeral: text(ephemeral), wrapped } };
}

/** Opens an envelope. Throws SealBroken for a wrong passphrase or key, Error for what is no envelope. */
export function unlockKey(value: unknown, unlock: Unlock): KeyObject {
  if (!form.Check(value)) throw new Error("This is not a backup that this Guichet can read.");
  const wrapped = Buffer.from(value.wrapped, "base64url");
  if (value.by === "passphrase") {
    if (unlock.by !== "passphrase") throw new Error("This backup is locked with a passphrase.");
    const { memory, passes } = value;
    const salt = Buffer.from(value.salt, "base64url");
    const wrappingKey = stretched({ passphrase: unlock.passphrase, salt, memory, passes });
    return unwrapKey({ wrappingKey, wrapped, context });
  }
  if (unlock.by !== "private-key")
    throw new Error("This backup is locked to a public key: give the private one with --key.");
  const ephemeral = Buffer.from(value.ephemeral, "base64url");
  const publicKey = createPublicKey({ key: ephemeral, type: "spki", format: "der" });
  const wrappingKey = agreed({ privateKey: unlock.key, publicKey, ephemeral });
  return unwrapKey({ wrappingKey, wrapped, context });
}

function stretched(from: {
  passphrase: string;
  salt: Buffer;
  memory: number;
  passes: number;
}): KeyObject {
  const { passphrase, salt, memory, passes } = from;
  const message = passphrase.normalize("NFC");
  return createSecretKey(
    argon2Sync("argon2id", { message, nonce: salt, memory, passes, parallelism: 1, tagLength: 32 }),
  );
}

function agreed(from: {
  privateKey: KeyObject;
  publicKey: KeyObject;
  ephemeral: Buffer;
}): KeyObject {
  const { privateKey, publicKey, ephemeral } = from;
  const secret = diffieHellman({ privateKey, publicKey });
  return createSecretKey(Buffer.from(hkdfSync("sha256", secret, ephemeral, context, 32)));
}

function text(bytes: Buffer): string {
  return bytes.toString("base64url");
}
