import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const hash = promisify(argon2);
/** The least that OWASP names for argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const longest = 512;
const decoy = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${"A".repeat(22)}$${"A".repeat(43)}`;

/** Hashes a PIN or password with argon2id, in the usual text form ($argon2id$v=19$…). About 20 ms. */
export async function hashSecret(secret: string): Promise<string> {
  if (secret.length > longest) throw new RangeError("The secret is too long.");
  const nonce = randomBytes(16);
  const tag = await hash("argon2id", { message: secret, nonce, ...cost });
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${b64(nonce)}$${b64(tag)}`;
}

/** Whether a secret is the one that was hashed. Costs the same where there is no hash to compare with. */
export async function verifySecret(secret: string, hashed: string | null): Promise<boolean> {
  const match =
    /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/-]+)\$([\w+/-]+)$/.exec(
      hashed ?? decoy,
    );
  if (match === null) throw new Error("A stored secret is not in the form of argon2id.");
  const wanted = Buffer.from(match[5] ?? "", "base64");
  const tag = await hash("argon2id", {
    message: secret.slice(0, longest + 1),
    nonce: Buffer.from(match[4] ?? "", "base64"),
    memory: Number(match[1]),
    passes: Number(match[2]),
    parallelism: Number(match[3]),
    tagLength: wanted.length,
  });
  return timingSafeEqual(tag, wanted) && hashed !== null && secret.length <= longest;
}

function b64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replaceAll("=", "");
}
