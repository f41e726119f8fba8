import type { KeyObject } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Compile } from "typebox/compile";
import { LinkUnreachable } from "../link/errors.ts";
import { createHttp, textOf } from "../link/http.ts";
import { loadOrCreateKeyPair } from "../link/keys.ts";
import { writeSecret } from "../link/write-secret.ts";
import { type Credential, EnrolReply, type EnrolRequest } from "../protocol/credential.ts";
import { Refusal } from "../protocol/refusal.ts";
import { UserError } from "./folders.ts";

export type Identity = { credential: Credential; privateKey: KeyObject; serverPublicKey: string };

const stored = Compile(EnrolReply);
const refusal = Compile(Refusal);
const identityFile = (folder: string) => join(folder, "identity.json");

/** Whether a bridge or provider whose data is in this folder was enrolled before. */
export function isEnrolled(folder: string): boolean {
  return existsSync(identityFile(folder));
}

/**
 * The identity in a role's folder; where there is none, a one-time code is exchanged for one. The key
 * is made first and stays, so that an enrolment cut off half-way can be made again with a new code.
 */
export async function identityIn(options: {
  folder: string;
  role: "bridge" | "provider";
  serverUrl: string;
  code: string | undefined;
  /** Where others reach a provider. */
  url?: string;
}): Promise<Identity> {
  const { folder, role, serverUrl, code, url } = options;
  const keys = loadOrCreateKeyPair(join(folder, "identity-key.pem"));
  const path = identityFile(folder);
  if (!existsSync(path)) {
    if (code === undefined)
      throw new UserError(
        `This ${role} is not enrolled yet. Make a code on the server with "npx guichet enrol ${role} <name>" and start with --enrol <code>.`,
      );
    const request: EnrolRequest = {
      code,
      role,
      publicKey: keys.publicKey,
      ...(url === undefined ? {} : { url }),
    };
    writeSecret(path, JSON.stringify(await enrol(serverUrl, request)));
  }
  const value: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (!stored.Check(value))
    throw new UserError(`${path} is damaged. Restore it from the backup, or enrol anew.`);
  return { ...value, privateKey: keys.privateKey };
}

/** After the code and a dot may stand the server's key, by which it is known over TLS. */
async function enrol(serverUrl: string, request: EnrolRequest): Promise<EnrolReply> {
  const [code = "", publicKey] = request.code.split(".", 2);
  const http = createHttp(publicKey === undefined ? undefined : { subject: "server", publicKey });
  try {
    const response = await http.send({
      method: "POST",
      url: new URL("/api/enrol", serverUrl),
      headers: {},
      body: JSON.stringify({ ...request, code }),
      timeoutMs: 15_000,
    });
    const value = readJson(await textOf(response));
    if (response.statusCode !== 200)
      throw new UserError(
        refusal.Check(value)
          ? value.sentence
          : `The server refused the enrolment (${response.statusCode}).`,
      );
    if (!stored.Check(value))
      throw new UserError("The server's answer to the enrolment is not understood.");
    if (publicKey !== undefined && value.serverPublicKey !== publicKey)
      throw new UserError("Another server answered than the one that made this code.");
    return value;
  } catch (error) {
    if (!(error instanceof LinkUnreachable)) throw error;
    throw new UserError(`This ${request.role} cannot enrol. ${error.message}`, { cause: error });
  } finally {
    http.close();
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
