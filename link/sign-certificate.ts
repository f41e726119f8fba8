import { createPrivateKey, type KeyObject, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import process from "node:process";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import type { WantedCertificate } from "./make-certificate.ts";

// The process of `make-certificate.ts`: it answers the one thing that it is told, and ends.

/** Ten years: clients pin the certificate that they first saw, and a new one stops their jobs. */
const validDays = 3650;
const dayMs = 24 * 3_600_000;

/** See `makeCertificate`. */
async function sign({ keyPem, names, now }: WantedCertificate): Promise<string> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // Positive and without a leading zero byte, as RFC 5280 §4.1.2.2 asks.
    serialNumber: `4${randomBytes(16).toString("hex").slice(1)}`,
    name: [{ CN: [names[0] ?? "guichet"] }, { O: ["Guichet"] }],
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + validDays * dayMs),
    signingAlgorithm: algorithm,
    keys: await keysOf(createPrivateKey(keyPem)),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({
          type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const),
          value,
        })),
      ),
    ],
  });
  return certificate.toString("pem");
}

async function keysOf(key: KeyObject): Promise<CryptoKeyPair> {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const jwk = key.export({ format: "jwk" });
  const { d: _secret, ...open } = jwk;
  return {
    privateKey: await crypto.subtle.importKey("jwk", jwk, curve, true, ["sign"]),
    publicKey: await crypto.subtle.importKey("jwk", open, curve, true, ["verify"]),
  };
}

process.once("message", async (wanted: WantedCertificate) => {
  process.send?.(await sign(wanted), () => {
    // Whoever asked may have ended before the answer.
    if (process.connected) process.disconnect();
  });
});
