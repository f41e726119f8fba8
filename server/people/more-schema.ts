import type { Migration } from "../../storage/migrate.ts";

/** What scripts keep about a person and no terminal needs. */
export const personMoreSchema: Migration = {
  id: "people-3-more",
  up: `
CREATE TABLE person_more (
  person_id TEXT PRIMARY KEY REFERENCES person (person_id),
  home TEXT NOT NULL DEFAULT '',
  alias TEXT NOT NULL DEFAULT '',
  alias_key TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX person_by_alias ON person_more (alias_key) WHERE alias_key <> '';
`,
};
