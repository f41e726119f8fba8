import type { KeyObject } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { Compile } from "typebox/compile";
import { loadOrCreateKeyPair } from "../link/keys.ts";
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
    writeDurably(path, JSON.stringify(await enrol(serverUrl, request)));
  }
  const value: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (!stored.Check(value))
    throw new UserError(`${path} is damaged. Restore it from the backup, or enrol anew.`);
  return { ...value, privateKey: keys.privateKey };
}

async function enrol(serverUrl: string, request: EnrolRequest): Promise<EnrolReply> {
  const response = await fetch(new URL("/api/enrol", serverUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(15_000),
  }).catch((error: unknown) => {
    throw new UserError(
      `The server does not answer at ${serverUrl}, so this ${request.role} cannot enrol.`,
      { cause: error },
    );
  });
  const value: unknown = await response.json().catch(() => undefined);
  if (!response.ok)
    throw new UserError(
      refusal.Check(value)
        ? value.sentence
        : `The server refused the enrolment (${response.status}).`,
    );
  if (!stored.Check(value))
    throw new UserError("The server's answer to the enrolment is not understood.");
  return value;
}

function writeDurably(path: string, text: string): void {
  const beside = `${path}.new`;
  const file = openSync(beside, "w", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}
