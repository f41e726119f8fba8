import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

/** RC4, which OpenSSL 3 no longer has; PDF files of the last century still need it. */
export function rc4(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, place) => place);
  const at = (place: number): number => state[place & 255] ?? 0;
  const swap = (one: number, other: number): void => {
    const kept = at(one);
    state[one & 255] = at(other);
    state[other & 255] = kept;
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  const out = new Uint8Array(bytes.length);
  for (let place = 0, i = 0, j = 0; place < bytes.length; place++) {
    i = (i + 1) & 255;
    j = (j + at(i)) & 255;
    swap(i, j);
    out[place] = (bytes[place] ?? 0) ^ at(at(i) + at(j));
  }
  return out;
}

/** AES-CBC of a stream or string: the vector stands before it, the padding behind. */
export function aesWithVector(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const whole = bytes.length - (bytes.length % 16);
  if (whole < 32) return new Uint8Array(0);
  const plain = aesPlain(key, bytes.subarray(0, 16), bytes.subarray(16, whole));
  const padding = plain[plain.length - 1] ?? 0;
  return padding >= 1 && padding <= 16 ? plain.subarray(0, plain.length - padding) : plain;
}

function aesPlain(key: Uint8Array, vector: Uint8Array, bytes: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, vector);
  decipher.setAutoPadding(false);
  return decipher.update(bytes);
}

const passwordPadding = Buffer.from(
  "28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a",
  "hex",
);

/** The fields of the standard security handler (ISO 32000-2, 7.6.4.2). */
export interface StandardHandler {
  revision: number;
  keyBytes: number;
  owner: Uint8Array;
  user: Uint8Array;
  userKey: Uint8Array;
  permissions: number;
  encryptMetadata: boolean;
  fileId: Uint8Array;
}

/** The file's key if the empty user password opens it (7.6.4.3 and .4), else undefined. */
export function keyByEmptyPassword(handler: StandardHandler): Uint8Array | undefined {
  return handler.revision >= 5 ? keyOfRevision5(handler) : keyOfRevision2To4(handler);
}

function keyOfRevision2To4(handler: StandardHandler): Uint8Array | undefined {
  const { revision, keyBytes, owner, permissions, fileId, user } = handler;
  const start = createHash("md5").update(passwordPadding).update(owner.subarray(0, 32));
  const flags = Buffer.alloc(4);
  flags.writeInt32LE(permissions | 0);
  start.update(flags).update(fileId);
  if (revision >= 4 && !handler.encryptMetadata) start.update(Buffer.alloc(4, 0xff));
  let key = start.digest().subarray(0, keyBytes);
  if (revision >= 3)
    for (let round = 0; round < 50; round++)
      key = createHash("md5").update(key).digest().subarray(0, keyBytes);

  if (revision === 2)
    return Buffer.compare(rc4(key, passwordPadding), user.subarray(0, 32)) === 0 ? key : undefined;
  let check: Uint8Array = createHash("md5").update(passwordPadding).update(fileId).digest();
  for (let round = 0; round < 20; round++)
    check = rc4(
      key.map((byte) => byte ^ round),
      check,
    );
  return Buffer.compare(check, user.subarray(0, 16)) === 0 ? key : undefined;
}

function keyOfRevision5(handler: StandardHandler): Uint8Array | undefined {
  const { user, userKey, revision } = handler;
  const hash = (salt: Uint8Array): Uint8Array =>
    revision === 5 ? createHash("sha256").update(salt).digest() : hardenedHash(salt);
  const expected = user.subarray(0, 32);
  if (userKey.length < 32 || user.length < 48) return undefined;
  if (Buffer.compare(hash(user.subarray(32, 40)), expected) !== 0) return undefined;
  return aesPlain(hash(user.subarray(40, 48)), new Uint8Array(16), userKey.subarray(0, 32));
}

/** Algorithm 2.B for the empty password: at least 64 rounds of AES and a hash chosen by its result. */
function hardenedHash(salt: Uint8Array): Uint8Array {
  let key: Uint8Array = createHash("sha256").update(salt).digest();
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const cipher = createCipheriv("aes-128-cbc", key.subarray(0, 16), key.subarray(16, 32));
    cipher.setAutoPadding(false);
    const mixed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    const choice = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(choice === 0 ? "sha256" : choice === 1 ? "sha384" : "sha512")
      .update(mixed)
      .digest();
    last = mixed[mixed.length - 1] ?? 0;
  }
  return key.subarray(0, 32);
}
