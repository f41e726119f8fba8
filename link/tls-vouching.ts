import { type KeyObject, X509Certificate } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { TlsVoucher } from "../protocol/credential.ts";
import { pinOf, type TlsPair } from "./certificate.ts";
import { signBytes, verifyBytes } from "./keys.ts";

const LABEL = "guichet-tls-1";

/**
 * GET /api/tls: the role says, signed with the key that it is known by, which TLS key is its own. So
 * whoever knows that key trusts the connection without an authority, also after a new certificate.
 * Open to all: it tells nothing that the handshake does not.
 */
export function registerTlsVoucher(
  app: FastifyInstance,
  options: { subject: string; privateKey: KeyObject; pair: TlsPair },
): void {
  const pin = pinOf(new X509Certificate(options.pair.cert));
  const { subject, privateKey } = options;
  const voucher: TlsVoucher = { pin, signature: signBytes(privateKey, LABEL, subject, pin) };
  app.get("/api/tls", () => voucher);
}

/** The pin that a voucher of the subject stands for; undefined when another key signed it. */
export function vouchedPin(
  voucher: TlsVoucher,
  by: { subject: string; publicKey: string },
): string | undefined {
  const { pin, signature } = voucher;
  return verifyBytes(by.publicKey, LABEL, signature, by.subject, pin) ? pin : undefined;
}
