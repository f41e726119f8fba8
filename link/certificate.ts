import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { makeCertificate, makeTlsKey } from "./make-certificate.ts";
import { writeSecret } from "./write-secret.ts";

/** A certificate chain and its key, both in PEM. */
export type TlsPair = { cert: string; key: string };

/** Where a site's own certificate lies, if it has one: PEM files. */
export type CertificateFiles = { certificate: string; key: string };

/** A certificate of ours is made anew, with its old key, when less than this is left of it. */
const renewBeforeMs = 60 * 24 * 3_600_000;
const own = { key: "tls-key.pem", cert: "tls-certificate.pem" };

/**
 * The certificate that a role shows: the site's own where one is configured, else one that the role
 * makes for itself and keeps in its folder. Its key never changes by itself, since who trusts it pins
 * it. Throws a sentence that names the file when a certificate cannot be used.
 */
export async function openCertificate(options: {
  folder: string;
  files?: CertificateFiles | undefined;
  /** Host names and addresses by which this machine is called; its own and loopback are added. */
  names: readonly string[];
  now: number;
}): Promise<TlsPair> {
  const { folder, files, now } = options;
  if (files !== undefined)
    return checked({ cert: readPem(files.certificate), key: readPem(files.key) }, files, now);
  const paths = { certificate: join(folder, own.cert), key: join(folder, own.key) };
  if (!existsSync(paths.key)) writeSecret(paths.key, makeTlsKey());
  const key = readPem(paths.key);
  const names = allNames(options.names);
  if (existsSync(paths.certificate)) {
    const pair = { cert: readPem(paths.certificate), key };
    if (isGood(pair, names, now)) return pair;
  }
  const cert = await makeCertificate({ keyPem: key, names, now });
  writeSecret(paths.certificate, cert);
  return checked({ cert, key }, paths, now);
}

/** What is pinned of a certificate: SHA-256 of its SubjectPublicKeyInfo (RFC 7469 §2.4), base64url. */
export function pinOf(certificate: X509Certificate): string {
  const spki = certificate.publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(spki).digest("base64url");
}

function allNames(wanted: readonly string[]): string[] {
  const host = hostname().toLowerCase();
  const all = [...wanted, host, `${host.split(".", 1)[0]}.local`, "localhost", "127.0.0.1", "::1"];
  const usable = all.filter((name) => /^[A-Za-z0-9.:-]{1,253}$/.test(name));
  const wildcards = new Set(["0.0.0.0", "::"]);
  return [...new Set(usable)].filter((name) => !wildcards.has(name));
}

function isGood(pair: TlsPair, names: readonly string[], now: number): boolean {
  try {
    const certificate = new X509Certificate(pair.cert);
    return (
      certificate.checkPrivateKey(createPrivateKey(pair.key)) &&
      Date.parse(certificate.validTo) - now > renewBeforeMs &&
      names.every(
        (name) =>
          certificate.checkHost(name) !== undefined || certificate.checkIP(name) !== undefined,
      )
    );
  } catch {
    return false;
  }
}

function checked(pair: TlsPair, files: CertificateFiles, now: number): TlsPair {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pair.cert);
  } catch (error) {
    throw new Error(`${files.certificate} is not a certificate in PEM.`, { cause: error });
  }
  const fits = (() => {
    try {
      return certificate.checkPrivateKey(createPrivateKey(pair.key));
    } catch (error) {
      throw new Error(`${files.key} is not a private key in PEM without a password.`, {
        cause: error,
      });
    }
  })();
  if (!fits) throw new Error(`${files.key} is not the key of ${files.certificate}.`);
  if (Date.parse(certificate.validTo) < now)
    throw new Error(`${files.certificate} ended on ${certificate.validTo}. Put a new one there.`);
  return pair;
}

function readPem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? error}.`, {
      cause: error,
    });
  }
}
