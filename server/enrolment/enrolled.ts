import type { BridgeSite } from "../../protocol/bridge-server.ts";
import type { CredentialBody } from "../../protocol/credential.ts";
import type { Database } from "../../storage/open-database.ts";
import { type NoParameters, statement } from "../../storage/statement.ts";
import { perDatabase } from "../per-database.ts";

export type Enrolled = {
  subject: string;
  role: CredentialBody["role"];
  generation: number;
  public_key: string;
  url: string | null;
  revoked: 0 | 1;
};

const columns = "subject, role, generation, public_key, url, revoked";
const statements = perDatabase((db) => ({
  one: statement<{ subject: string }, Enrolled>(
    db,
    `SELECT ${columns} FROM enrolled WHERE subject = :subject`,
  ),
  byKey: statement<{ publicKey: string }, Enrolled>(
    db,
    `SELECT ${columns} FROM enrolled WHERE public_key = :publicKey`,
  ),
  providers: statement<NoParameters, { id: string; url: string; publicKey: string }>(
    db,
    `SELECT subject AS id, url, public_key AS publicKey FROM enrolled
     WHERE role = 'provider' AND revoked = 0 AND url IS NOT NULL ORDER BY subject LIMIT 1024`,
  ),
}));

export function findEnrolled(db: Database, subject: string): Enrolled | undefined {
  return statements(db).one.get({ subject });
}

/** Who has enrolled with this key, so that a copied key is noticed. */
export function findEnrolledByKey(db: Database, publicKey: string): Enrolled | undefined {
  return statements(db).byKey.get({ publicKey });
}

/**
 * The least generation that is good for a subject. A revoked one needs the next enrolment; one that was
 * never enrolled here has none that is good, even with a credential that this server once signed.
 */
export function newestGeneration(db: Database, subject: string): number {
  const known = findEnrolled(db, subject);
  if (known === undefined) return Number.MAX_SAFE_INTEGER;
  return known.generation + known.revoked;
}

/** The providers that bridges may turn to. */
export function providersForBridges(db: Database): BridgeSite["providers"] {
  return statements(db).providers.all({});
}
