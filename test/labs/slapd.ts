import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { freePorts } from "../system/free-ports.ts";
import { waitFor } from "../system/wait-for.ts";
import { runProgram, startProgram } from "./program.ts";

/** Why a slapd of one's own cannot be run here, or nothing if it can. */
export function whyNoSlapd(): string | undefined {
  const missing = ["/usr/sbin/slapd", "/usr/sbin/slapadd", "/usr/bin/openssl"].filter(
    (path) => !existsSync(path),
  );
  return missing.length === 0 ? undefined : `${missing.join(", ")} not installed`;
}

export type LabPerson = {
  uid: string;
  cn: string;
  /** As it stands in the directory: a plain password, which slapd takes as it is. */
  password: string;
  employeeNumber: string;
};

export type Slapd = {
  url: string;
  tlsUrl: string;
  caFile: string;
  bind: { name: string; passwordFile: string };
  base: string;
  /** How long it took to load the people, in milliseconds. */
  loadedMs: number;
  stop: () => Promise<void>;
  start: () => Promise<void>;
  close: () => Promise<void>;
};

const base = "dc=example,dc=test";
const people = `ou=people,${base}`;
const groups = `ou=groups,${base}`;
export const personDn = (uid: string) => `uid=${uid},${people}`;
export const groupDn = (cn: string) => `cn=${cn},${groups}`;

/**
 * A real slapd on loopback, with folders and a certificate of its own, its password policy, and these
 * people and groups. A group's members are names of people, or of groups after a colon (`:staff`).
 */
export async function startSlapd(options: {
  people: Iterable<LabPerson>;
  groups?: Readonly<Record<string, readonly string[]>>;
}): Promise<Slapd> {
  const folder = mkdtempSync(join(tmpdir(), "guichet-slapd-"));
  const inside = (name: string) => join(folder, name);
  mkdirSync(inside("db"));
  const [port = 0, tlsPort = 0] = await freePorts(2);
  await runProgram("/usr/bin/openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-keyout", inside("key.pem"), "-out", inside("cert.pem"), "-days", "2"],
    ...["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
  ]);
  writeFileSync(inside("slapd.conf"), configuration(folder));
  writeFileSync(inside("bind-password"), "labs\n", { mode: 0o600 });
  await writeLdif(inside("seed.ldif"), options);
  const begun = performance.now();
  await runProgram("/usr/sbin/slapadd", [
    "-q",
    "-f",
    inside("slapd.conf"),
    "-l",
    inside("seed.ldif"),
  ]);
  const loadedMs = performance.now() - begun;
  let daemon: ReturnType<typeof startProgram> | undefined;
  const start = async () => {
    const urls = `ldap://127.0.0.1:${port} ldaps://127.0.0.1:${tlsPort}`;
    // slapd makes room for as many connections as it may have files.
    const started = startProgram("/bin/sh", [
      "-c",
      `ulimit -n 1024; exec /usr/sbin/slapd -f '${inside("slapd.conf")}' -h '${urls}' -d 0`,
    ]);
    daemon = started;
    await waitFor("slapd", () => listens(port)).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${started.said()}`);
    });
  };
  const stop = async () => await daemon?.stop();
  await start();
  return {
    url: `ldap://127.0.0.1:${port}`,
    tlsUrl: `ldaps://127.0.0.1:${tlsPort}`,
    caFile: inside("cert.pem"),
    bind: { name: `cn=admin,${base}`, passwordFile: inside("bind-password") },
    base,
    loadedMs,
    start,
    stop,
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: "127.0.0.1", port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", reject);
  });
}

function configuration(folder: string): string {
  return [
    ...["core", "cosine", "inetorgperson"].map((name) => `include /etc/ldap/schema/${name}.schema`),
    "modulepath /usr/lib/ldap",
    "moduleload back_mdb",
    "moduleload ppolicy",
    `pidfile ${folder}/slapd.pid`,
    `TLSCertificateFile ${folder}/cert.pem`,
    `TLSCertificateKeyFile ${folder}/key.pem`,
    "sizelimit size.soft=500 size.hard=1000 size.prtotal=unlimited",
    "database mdb",
    "maxsize 2147483648",
    `suffix "${base}"`,
    `rootdn "cn=admin,${base}"`,
    "rootpw labs",
    `directory ${folder}/db`,
    "dbnosync",
    "index objectClass,uid,employeeNumber,entryUUID,member eq",
    "overlay ppolicy",
    `ppolicy_default "cn=policy,${base}"`,
    "ppolicy_use_lockout",
    "",
  ].join("\n");
}

async function writeLdif(path: string, options: Parameters<typeof startSlapd>[0]): Promise<void> {
  const file = createWriteStream(path);
  const write = async (...lines: string[]) => {
    if (!file.write(`${lines.join("\n")}\n\n`))
      await new Promise<void>((resolve) => file.once("drain", resolve));
  };
  await write(`dn: ${base}`, "objectClass: domain", "dc: example");
  for (const ou of ["people", "groups"])
    await write(`dn: ou=${ou},${base}`, "objectClass: organizationalUnit", `ou: ${ou}`);
  await write(
    `dn: cn=policy,${base}`,
    ...["device", "pwdPolicy"].map((name) => `objectClass: ${name}`),
    "cn: policy",
    "pwdAttribute: userPassword",
    "pwdLockout: TRUE",
    "pwdMaxFailure: 20",
    "pwdMustChange: TRUE",
  );
  for (const { uid, cn, password, employeeNumber } of options.people)
    await write(
      `dn: ${personDn(uid)}`,
      "objectClass: inetOrgPerson",
      `uid: ${uid}`,
      `cn: ${cn}`,
      `sn: ${uid}`,
      `mail: ${uid}@example.test`,
      `employeeNumber: ${employeeNumber}`,
      `userPassword: ${password}`,
      ...(uid.startsWith("locked") ? ["pwdAccountLockedTime: 20260101000000Z"] : []),
      ...(uid.startsWith("off") ? ["pwdAccountLockedTime: 000001010000Z"] : []),
      ...(uid.startsWith("reset") ? ["pwdReset: TRUE"] : []),
    );
  for (const [cn, members] of Object.entries(options.groups ?? {}))
    await write(
      `dn: ${groupDn(cn)}`,
      "objectClass: groupOfNames",
      `cn: ${cn}`,
      ...members.map((name) =>
        name.startsWith(":") ? `member: ${groupDn(name.slice(1))}` : `member: ${personDn(name)}`,
      ),
    );
  file.end();
  await finished(file);
}
