import type { Migration } from "../../storage/migrate.ts";

/**
 * People's secret queue addresses, by keyed hash. Rows are never removed: providers hear by revision of
 * those that were made or revoked, also when a person's name changes or goes, wherever that is done.
 */
export const addressesSchema: Migration = {
  id: "addresses-1",
  up: `
CREATE TABLE queue_address (
  finder BLOB PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  queue TEXT NOT NULL,
  end TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  revoked_at INTEGER,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_address_by_revision ON queue_address (revision);
CREATE INDEX queue_address_of_person ON queue_address (person_id);

CREATE TRIGGER queue_address_follows_name AFTER UPDATE OF login, login_key ON person
WHEN old.login IS NOT new.login OR old.login_key IS NOT new.login_key
BEGIN
  UPDATE queue_address SET revision = (SELECT max(revision) + 1 FROM queue_address)
  WHERE person_id = new.person_id;
END;
`,
};
