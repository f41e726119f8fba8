import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { isIP } from "node:net";

/** Ten years: clients pin the certificate that they first saw, and a new one stops their jobs. */
const validDays = 3650;
const dayMs = 24 * 3_600_000;

/** A new P-256 key, PKCS #8 in PEM: what every TLS client since 2010 can verify. */
export function makeTlsKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/**
 * A self-signed certificate (RFC 5280) of the key, in PEM, for host names and literal addresses.
 * `now` is in milliseconds since 1970.
 */
export async function makeCertificate(made: {
  keyPem: string;
  names: readonly string[];
  now: number;
}): Promise<string> {
  // Loaded only where a certificate is made, which is once in ten years.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const { names, now } = made;
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // Positive and without a leading zero byte, as RFC 5280 §4.1.2.2 asks.
    serialNumber: `4${randomBytes(16).toString("hex").slice(1)}`,
    name: [{ CN: [names[0] ?? "guichet"] }, { O: ["Guichet"] }],
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + validDays * dayMs),
    signingAlgorithm: algorithm,
    keys: await keysOf(createPrivateKey(made.keyPem)),
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
