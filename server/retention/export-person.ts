import type { PersonExport } from "../../protocol/admin-audit.ts";
import type { Database } from "../../storage/open-database.ts";
import { readAudit } from "../audit/audit.ts";
import { endedJobsOf } from "../jobs/ended-jobs.ts";
import { jobsOf } from "../jobs/jobs-of.ts";
import { badgeEventsOf } from "../people/badge-events.ts";
import { badgesOf } from "../people/badges.ts";
import { type CardKeys, openCard } from "../people/card-keys.ts";
import type { PersonRow } from "../people/person.ts";
import { preferencesOf } from "../people/preferences.ts";

const auditMost = 9_999;
/** Secrets are known by their hashes only, and those are nobody's to carry around. */
const secrets = new Set(["pin", "password", "directory_secret"]);

/**
 * All that the server keeps about a person (GDPR, articles 15 and 20): every column of every table that
 * names them, as it stands. What lies elsewhere is said.
 */
export function exportPerson(
  db: Database,
  asked: { row: PersonRow; keys: CardKeys; now: number },
): PersonExport {
  const { person_id: personId, login } = asked.row;
  const all = (sql: string): Record<string, unknown>[] =>
    db.prepare<[{ personId: string }], Record<string, unknown>>(sql).all({ personId });
  const [person = {}] = all("SELECT * FROM person WHERE person_id = :personId");
  return {
    person: Object.fromEntries(
      Object.entries({ ...person, ...preferencesOf(db, personId) }).map(([name, value]) => [
        name,
        secrets.has(name) ? (value === null ? "not set" : "set") : value,
      ]),
    ),
    badges: badgesOf(db, personId).map(({ slot, sealed, source, blocked_at, expires_at }) => ({
      slot,
      cardNumber: openCard(asked.keys, { personId, sealed }),
      source,
      blocked_at,
      expires_at,
    })),
    badgeHistory: badgeEventsOf(db, personId).map(({ at, what, sealed, until }) => ({
      at,
      what,
      cardNumber: openCard(asked.keys, { personId, sealed }),
      until,
    })),
    accounts: all("SELECT * FROM account WHERE person_id = :personId"),
    transfers: all(
      `SELECT transfer, transfer.kind, at, release_id, comment, entry.account, amount, balance_after
       FROM entry JOIN transfer USING (transfer) JOIN account ON account.account = entry.account
       WHERE person_id = :personId ORDER BY entry`,
    ),
    releases: all(
      `SELECT reservation.release_id, reservation.bridge, state, reason, asked, ended, at, device, job_id,
         why, at_least, wanted, price, since, decision, impressions, closed_at
       FROM reservation LEFT JOIN uncertain USING (release_id)
       WHERE reservation.person_id = :personId ORDER BY at`,
    ),
    documents: [
      ...jobsOf(db, login).map(({ provider, job }) => ({ provider, ...job })),
      ...endedJobsOf(db, login, asked.now),
    ],
    more: all("SELECT home, alias FROM person_more WHERE person_id = :personId"),
    groups: all(
      "SELECT name FROM group_member JOIN people_group USING (group_id) WHERE person_id = :personId",
    ),
    sharedAccounts: all(
      "SELECT name FROM shared_access_person JOIN shared_account USING (shared_id) WHERE person_id = :personId",
    ),
    rights: all("SELECT name FROM person_right WHERE person_id = :personId"),
    queueAddresses: all(
      "SELECT queue, end, made_at, revoked_at FROM queue_address WHERE person_id = :personId",
    ),
    reviews: all("SELECT * FROM review WHERE person_id = :personId"),
    vouchers: all("SELECT amount, used_at FROM voucher WHERE used_by = :personId"),
    audit: readAudit(db, { about: personId, most: auditMost }),
    notHere: [
      "Documents that wait are sealed at their print provider; their content is handed to the device alone.",
      "A bridge keeps the log-in name beside a release for thirty days, to go on after a power cut.",
    ],
  };
}
