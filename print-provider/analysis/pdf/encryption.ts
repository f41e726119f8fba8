import { createHash } from "node:crypto";
import { aesWithVector, keyByEmptyPassword, rc4 } from "./encryption-keys.ts";
import { integerOf, isDict, isString, nameOf, type PdfDict, type PdfObject } from "./pdf-object.ts";

/** Which object the bytes belong to: each has a key of its own. */
interface Owner {
  number: number;
  generation: number;
}

/** Decrypts what an encrypted file holds. */
export interface Decryptor {
  string(bytes: Uint8Array, owner: Owner): Uint8Array;
  /** `cryptFilter` is the name that the stream itself chooses, if it does. */
  stream(bytes: Uint8Array, owner: Owner, cryptFilter?: string): Uint8Array;
}

/** The file needs a password that we do not have. */
export class PasswordNeeded extends Error {
  override readonly name = "PasswordNeeded";
}

type Method = "none" | "rc4" | "aes128" | "aes256";

/**
 * Opens the standard security handler of ISO 32000-2, 7.6, with the empty user password, as a printer
 * does. Throws {@link PasswordNeeded} when that does not open it, or the handler is another.
 */
export function openEncryption(options: {
  encrypt: PdfDict;
  fileId: Uint8Array;
  resolve: (object: PdfObject | undefined) => PdfObject;
}): Decryptor {
  const { encrypt, fileId, resolve } = options;
  const get = (key: string): PdfObject => resolve(encrypt.entries.get(key));
  const bytesOf = (key: string): Uint8Array => {
    const value = get(key);
    return isString(value) ? value.bytes : new Uint8Array(0);
  };
  const version = integerOf(get("V")) ?? 0;
  const revision = integerOf(get("R")) ?? 0;
  if (nameOf(get("Filter")) !== "Standard" || ![1, 2, 4, 5].includes(version))
    throw new PasswordNeeded("The document is encrypted for certain readers only.");

  const methods = cryptFilters({ encrypt, resolve, version });
  const bits = version === 1 ? 40 : (integerOf(get("Length")) ?? (version === 4 ? 128 : 40));
  const key = keyByEmptyPassword({
    revision,
    keyBytes: version === 4 ? 16 : Math.min(16, Math.max(5, bits >> 3)),
    owner: bytesOf("O"),
    user: bytesOf("U"),
    userKey: bytesOf("UE"),
    permissions: integerOf(get("P")) ?? 0,
    encryptMetadata: get("EncryptMetadata") !== false,
    fileId,
  });
  if (key === undefined) throw new PasswordNeeded("The document opens with a password only.");

  const decrypt = (method: Method, bytes: Uint8Array, owner: Owner): Uint8Array => {
    switch (method) {
      case "none":
        return bytes;
      case "rc4":
        return rc4(objectKey(key, owner, false), bytes);
      case "aes128":
        return aesWithVector(objectKey(key, owner, true), bytes);
      case "aes256":
        return aesWithVector(key, bytes);
    }
  };
  return {
    string: (bytes, owner) => decrypt(methods.of(nameOf(get("StrF"))), bytes, owner),
    stream: (bytes, owner, cryptFilter) =>
      decrypt(methods.of(cryptFilter ?? nameOf(get("StmF"))), bytes, owner),
  };
}

/** Which method each crypt filter of the file stands for; before version 4 there is one only. */
function cryptFilters(options: {
  encrypt: PdfDict;
  resolve: (object: PdfObject | undefined) => PdfObject;
  version: number;
}): { of: (name: string | undefined) => Method } {
  const { encrypt, resolve, version } = options;
  if (version < 4) return { of: () => "rc4" };
  const filters = resolve(encrypt.entries.get("CF"));
  return {
    of: (name) => {
      if (name === undefined || name === "Identity") return "none";
      const filter = resolve(isDict(filters) ? filters.entries.get(name) : null);
      switch (nameOf(resolve(isDict(filter) ? filter.entries.get("CFM") : null))) {
        case "V2":
          return "rc4";
        case "AESV2":
          return "aes128";
        case "AESV3":
          return "aes256";
        default:
          return "none";
      }
    },
  };
}

/** Algorithm 1 of 7.6.3.2. */
function objectKey(key: Uint8Array, { number, generation }: Owner, aes: boolean): Uint8Array {
  const suffix = Buffer.from([
    number & 255,
    (number >> 8) & 255,
    (number >> 16) & 255,
    generation & 255,
    (generation >> 8) & 255,
  ]);
  const hash = createHash("md5").update(key).update(suffix);
  if (aes) hash.update("sAlT");
  return hash.digest().subarray(0, Math.min(16, key.length + 5));
}
