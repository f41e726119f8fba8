import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getuid } from "node:process";
import { waitFor } from "../system/wait-for.ts";
import { runProgram, startProgram } from "./program.ts";

/** Why Samba's domain controller cannot be run here, or nothing if it can. */
export async function whyNoSamba(): Promise<string | undefined> {
  const missing = ["/usr/bin/samba-tool", "/usr/sbin/samba"].filter((path) => !existsSync(path));
  if (missing.length > 0) return `${missing.join(", ")} not installed`;
  if (getuid?.() !== 0) return "a domain controller needs root";
  const taken = await Promise.all([389, 636, 3268].map(listens));
  return taken.includes(true) ? "the ports of LDAP are taken by another program" : undefined;
}

export type Samba = {
  url: string;
  base: string;
  caFile: string;
  bind: { name: string; passwordFile: string };
  /** Runs a command of samba-tool on its database. */
  tool: (...args: string[]) => Promise<string>;
  /** Changes entries by LDIF, as an administrator. */
  modify: (ldif: string) => Promise<void>;
  stop: () => Promise<void>;
  close: () => Promise<void>;
};

const adminPassword = "Guichet-Lab-2026";

/** A real Active Directory domain controller (Samba) on loopback, newly made. Its ports are fixed. */
export async function startSamba(): Promise<Samba> {
  const folder = mkdtempSync(join(tmpdir(), "guichet-samba-"));
  const conf = join(folder, "dc/etc/smb.conf");
  const passwordFile = join(folder, "bind-password");
  const caFile = join(folder, "cert.pem");
  writeFileSync(passwordFile, `${adminPassword}\n`, { mode: 0o600 });
  // Samba's own certificate has no address in it, and nobody calls it by name here.
  await runProgram("/usr/bin/openssl", [
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", join(folder, "key.pem")],
    ...["-out", caFile, "-days", "2", "-subj", "/CN=localhost"],
    ...["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
  ]);
  chmodSync(join(folder, "key.pem"), 0o600);
  const emptyConf = join(folder, "empty.conf");
  writeFileSync(emptyConf, "");
  await runProgram("/usr/bin/samba-tool", [
    ...["domain", "provision", "--realm=EXAMPLE.TEST", "--domain=EXAMPLE", "--server-role=dc"],
    ...["--dns-backend=NONE", `--adminpass=${adminPassword}`, `--targetdir=${join(folder, "dc")}`],
    ...["--option=interfaces=lo", "--option=bind interfaces only=yes"],
    // Else it refuses to go on beside a configuration of the machine's own.
    `--configfile=${emptyConf}`,
  ]);
  const tool: Samba["tool"] = (...args) =>
    runProgram("/usr/bin/samba-tool", [...args, `--configfile=${conf}`]);
  const daemon = startProgram("/usr/sbin/samba", [
    ...["-s", conf, "-i", "-M", "single", "--option=server services=ldap cldap"],
    `--option=tls keyfile=${join(folder, "key.pem")}`,
    `--option=tls certfile=${caFile}`,
    `--option=tls cafile=${caFile}`,
  ]);
  const close = async () => {
    await daemon.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitFor("samba", () => listens(636));
  } catch (error) {
    await close();
    throw new Error(`${String(error)}\n${daemon.said()}`);
  }
  return {
    url: "ldaps://127.0.0.1",
    base: "DC=example,DC=test",
    caFile,
    bind: { name: "Administrator@example.test", passwordFile },
    tool,
    async modify(ldif) {
      const file = join(folder, "change.ldif");
      writeFileSync(file, ldif);
      await runProgram("/usr/bin/ldbmodify", ["-H", join(folder, "dc/private/sam.ldb"), file]);
    },
    stop: () => daemon.stop(),
    close,
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
