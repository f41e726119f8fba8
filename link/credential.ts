import type { KeyObject } from "node:crypto";
import { Compile } from "typebox/compile";
import { type Credential, CredentialBody } from "../protocol/credential.ts";
import { signBytes, verifyBytes } from "./keys.ts";

const LABEL = "guichet-credential-1";
const body = Compile(CredentialBody);

/** Signs who somebody is. Only the server does this, at enrolment. */
export function issueCredential(who: CredentialBody, privateKey: KeyObject): Credential {
  const bytes = Buffer.from(JSON.stringify(who));
  return { body: bytes.toString("base64url"), signature: signBytes(privateKey, LABEL, bytes) };
}

/** Who a credential says its holder is, or nothing if the server did not sign it. */
export function readCredential(
  credential: Credential,
  serverPublicKey: string,
): CredentialBody | undefined {
  const bytes = Buffer.from(credential.body, "base64url");
  if (!verifyBytes(serverPublicKey, LABEL, credential.signature, bytes)) return undefined;
  const who: unknown = JSON.parse(bytes.toString("utf8"));
  return body.Check(who) ? who : undefined;
}
