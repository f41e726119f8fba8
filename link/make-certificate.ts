import { fork } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./sign-certificate.ts", import.meta.url));

export type WantedCertificate = {
  keyPem: string;
  /** Host names and literal addresses; the first is the subject's. */
  names: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
};

/** A new P-256 key, PKCS #8 in PEM: what every TLS client since 2010 can verify. */
export function makeTlsKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/**
 * A self-signed certificate (RFC 5280) of the key, in PEM. A process of its own makes it: that is once
 * in ten years, and a role would hold the memory that it takes for as long as it runs.
 */
export function makeCertificate(wanted: WantedCertificate): Promise<string> {
  return new Promise((resolve, reject) => {
    const signer = fork(program, { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
    signer.once("message", (pem: string) => resolve(pem));
    signer.once("error", reject);
    signer.once("exit", () => reject(new Error("No certificate could be made for TLS.")));
    signer.send(wanted);
  });
}
