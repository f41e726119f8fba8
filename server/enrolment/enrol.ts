import type { CredentialBody, EnrolRequest } from "../../protocol/credential.ts";
import type { Database } from "../../storage/open-database.ts";
import { statement } from "../../storage/statement.ts";
import { transaction } from "../../storage/transaction.ts";
import { forgetJobsOf } from "../jobs/take-jobs.ts";
import { perDatabase } from "../per-database.ts";
import { generationFloor } from "../restored/generation-floor.ts";
import { bumpRevision } from "../site/revision.ts";
import { findEnrolled, findEnrolledByKey } from "./enrolled.ts";

export const CODE_MINUTES = 15;

export type Issued = { kind: "issued" } | { kind: "conflict"; sentence: string };
export type Enrolment =
  | { kind: "enrolled"; body: CredentialBody }
  | { kind: "refused"; guess: boolean; sentence: string };

type Code = {
  subject: string;
  role: CredentialBody["role"];
  expires_at: number;
  used_by: string | null;
};

const statements = perDatabase((db) => ({
  code: statement<{ finder: Uint8Array }, Code>(
    db,
    "SELECT subject, role, expires_at, used_by FROM enrolment_code WHERE finder = :finder",
  ),
  dropOld: statement<{ subject: string; now: number }>(
    db,
    "DELETE FROM enrolment_code WHERE subject = :subject OR expires_at < :now",
  ),
  issue: statement<{ finder: Uint8Array; subject: string; role: string; expiresAt: number }>(
    db,
    `INSERT INTO enrolment_code (finder, subject, role, expires_at)
     VALUES (:finder, :subject, :role, :expiresAt)`,
  ),
  use: statement<{ finder: Uint8Array; publicKey: string }>(
    db,
    "UPDATE enrolment_code SET used_by = :publicKey WHERE finder = :finder",
  ),
  enrol: statement<Readonly<Record<string, string | number | null>>>(
    db,
    `INSERT INTO enrolled (subject, role, generation, public_key, url, revoked, at)
     VALUES (:subject, :role, :generation, :publicKey, :url, 0, :now)
     ON CONFLICT (subject) DO UPDATE SET generation = excluded.generation,
       public_key = excluded.public_key, url = excluded.url, revoked = 0, at = excluded.at`,
  ),
  revoke: statement<{ subject: string }>(
    db,
    "UPDATE enrolled SET revoked = 1 WHERE subject = :subject AND revoked = 0",
  ),
}));

/** Stores a code for one named bridge or provider; an older one of the same name is void then. */
export function issueCode(
  db: Database,
  issued: { finder: Uint8Array; subject: string; role: CredentialBody["role"] },
  now: number,
): Issued {
  const { finder, subject, role } = issued;
  if (subject === "server")
    return { kind: "conflict", sentence: 'The name "server" is the server\'s own.' };
  return transaction(db, (): Issued => {
    const known = findEnrolled(db, subject);
    if (known !== undefined && known.role !== role)
      return {
        kind: "conflict",
        sentence: `"${subject}" is enrolled as a ${known.role}. Choose another name.`,
      };
    statements(db).dropOld.run({ subject, now });
    statements(db).issue.run({ finder, subject, role, expiresAt: now + CODE_MINUTES * 60_000 });
    return { kind: "issued" };
  });
}

/**
 * Uses up a code: registers the public key under the code's name, as its next generation. The same key
 * may ask again with the same code, since the answer may have been lost; nobody else may.
 */
export function enrol(
  db: Database,
  asked: Omit<EnrolRequest, "code"> & { finder: Uint8Array },
  now: number,
): Enrolment {
  const { finder, role, publicKey, url } = asked;
  if (Buffer.from(publicKey, "base64url").length !== 32)
    return refused("The public key is not one of Ed25519 (32 bytes).");
  if (url !== undefined && !isHttpUrl(url))
    return refused(`"${url}" is not an address. Write it like http://spool.example:9163.`);
  return transaction(db, (): Enrolment => {
    const code = statements(db).code.get({ finder });
    const usable = code?.used_by === null || code?.used_by === publicKey;
    if (code === undefined || code.expires_at < now || code.role !== role || !usable)
      return {
        ...refused("This code is not known, too old, or was used. Ask for a new one."),
        guess: true,
      };
    const { subject } = code;
    const before = findEnrolled(db, subject);
    if (code.used_by === publicKey)
      return before?.public_key === publicKey && before.revoked === 0
        ? { kind: "enrolled", body: { subject, role, publicKey, generation: before.generation } }
        : refused("The enrolment was replaced or revoked since. Ask for a new code.");
    const holder = findEnrolledByKey(db, publicKey);
    if (holder !== undefined && holder.subject !== subject)
      return refused(`This key is that of "${holder.subject}". Each role needs a key of its own.`);
    const generation = Math.max(before?.generation ?? 0, generationFloor(db)) + 1;
    statements(db).enrol.run({ subject, role, generation, publicKey, url: url ?? null, now });
    statements(db).use.run({ finder, publicKey });
    if (role === "provider") {
      forgetJobsOf(db, subject);
      bumpRevision(db, { kind: "site" });
    }
    return { kind: "enrolled", body: { subject, role, publicKey, generation } };
  });
}

/** Takes the right away from a bridge or provider. Gives false when there was none to take. */
export function revoke(db: Database, subject: string): boolean {
  return transaction(db, () => {
    if (statements(db).revoke.run({ subject }) === 0) return false;
    bumpRevision(db, { kind: "site" });
    return true;
  });
}

function isHttpUrl(url: string): boolean {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}

function refused(sentence: string): Extract<Enrolment, { kind: "refused" }> {
  return { kind: "refused", guess: false, sentence };
}
