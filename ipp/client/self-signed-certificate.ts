import { generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";

export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
  /** SHA-256, upper case with colons. */
  readonly fingerprint256: string;
}

/** A certificate that nobody vouches for, as devices make for themselves; for ten years: RFC 5280 §4.1. */
export function makeCertificate(commonName: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = der(0x30, der(0x06, Buffer.from("2a8648ce3d040302", "hex")));
  const commonNameType = der(0x06, Buffer.from("550403", "hex"));
  const name = der(0x30, der(0x31, der(0x30, commonNameType, der(0x0c, Buffer.from(commonName)))));
  const time = (at: number) => {
    const digits = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
    return der(0x18, Buffer.from(digits));
  };
  const day = 24 * 3_600_000;
  const toBeSigned = der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    der(0x30, time(Date.now() - day), time(Date.now() + 3652 * day)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const bits = der(0x03, Buffer.of(0), signature);
  const certificate = new X509Certificate(der(0x30, toBeSigned, ecdsaWithSha256, bits));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: certificate.toString(),
    fingerprint256: certificate.fingerprint256,
  };
}

/** One tag, length and value of DER, X.690 §8.1. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), body]);
}
