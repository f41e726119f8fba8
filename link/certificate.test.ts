import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCertificate, pinOf } from "./certificate.ts";

const now = Date.UTC(2026, 10, 22);
const yearMs = 365 * 24 * 3_600_000;
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guichet-tls-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (names: string[], at = now) => openCertificate({ folder, names, now: at });

test("a certificate is made once, for all names of the machine, and stays", async () => {
  const first = await open(["print.example.org", "192.0.2.7"]);
  const certificate = new X509Certificate(first.cert);
  expect(certificate.checkHost("print.example.org")).toBe("print.example.org");
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.checkIP("192.0.2.7")).toBe("192.0.2.7");
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(now + 9 * yearMs);
  expect(certificate.ca).toBe(false);
  expect(await open(["print.example.org", "192.0.2.7"], now + yearMs)).toEqual(first);
  expect(statSync(join(folder, "tls-key.pem")).mode & 0o077).toBe(0);
});

test("a new name or a certificate near its end makes a new one of the same key", async () => {
  const first = await open(["print.example.org"]);
  const named = await open(["print.example.org", "spool.example.org"]);
  const later = await open(["print.example.org", "spool.example.org"], now + 10 * yearMs);
  const pins = [first, named, later].map(({ cert }) => pinOf(new X509Certificate(cert)));
  expect(new Set(pins).size).toBe(1);
  expect(named.cert).not.toBe(first.cert);
  expect(Date.parse(new X509Certificate(later.cert).validTo)).toBeGreaterThan(now + 19 * yearMs);
});

test("a site's own certificate is used, and what is wrong with it is said", async () => {
  const made = await open(["print.example.org"]);
  const files = { certificate: join(folder, "site.pem"), key: join(folder, "site-key.pem") };
  writeFileSync(files.certificate, made.cert);
  writeFileSync(files.key, made.key);
  const use = (at = now) => openCertificate({ folder, files, names: [], now: at });
  expect(await use()).toEqual(made);
  await expect(use(now + 11 * yearMs)).rejects.toThrow(/site.pem ended on/);
  writeFileSync(files.key, "nothing");
  await expect(use()).rejects.toThrow(/site-key.pem is not a private key/);
  rmSync(join(folder, "tls-key.pem"));
  rmSync(join(folder, "tls-certificate.pem"));
  await open([]);
  writeFileSync(files.key, readFileSync(join(folder, "tls-key.pem")));
  await expect(use()).rejects.toThrow(/is not the key of/);
  rmSync(files.certificate);
  await expect(use()).rejects.toThrow(/site.pem cannot be read: ENOENT/);
});
