import { createHmac, type KeyObject } from "node:crypto";

const digits = 8;

/**
 * The code with which whoever sent a job makes it their own: eight digits of an HMAC-SHA-256 of its id,
 * by the truncation of RFC 4226 §5.3. It is written down nowhere, and the same after a restart.
 */
export function codeOfJob(key: KeyObject, jobId: string): string {
  const mac = createHmac("sha256", key).update(`job code ${jobId}`).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** As people read it: in two halves. */
export function shownCode(code: string): string {
  return `${code.slice(0, digits / 2)} ${code.slice(digits / 2)}`;
}
