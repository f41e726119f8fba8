import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AuditReply, PersonExport } from "../../protocol/admin-audit.ts";
import { openDatabase } from "../../storage/open-database.ts";
import { audit, checkAudit, readAudit } from "../audit/audit.ts";
import { alice, openBooks } from "../books.fixture.ts";
import { checkBooks } from "../ledger/check-books.ts";
import { serverMigrations } from "../migrations.ts";
import { changePerson } from "../people/change-person.ts";
import { findPersonByLogin, findPersonEver } from "../people/person.ts";
import { checked, startTestServer, type TestServer } from "../server.fixture.ts";
import { erasePeople } from "./erase-people.ts";

const day = 24 * 3_600_000;

describe("the audit", () => {
  let site: TestServer;
  beforeEach(async () => {
    site = await startTestServer();
  });
  afterEach(() => site.close());
  const auditOf = async (query = "") =>
    checked(AuditReply, (await site.admin("GET", `/api/admin/audit${query}`)).body);

  it("tells who read what about a person, by command and by web service", async () => {
    await site.admin("GET", "/api/admin/people/alice");
    await site.admin("GET", "/api/admin/people/nobody");
    await site.call("GET", "/api/admin/people/alice");
    const { shown, brokenAt } = await auditOf("?login=alice");
    expect(shown.map(({ who, what }) => [who, what])).toEqual([
      ["administrator from 127.0.0.1", "GET /api/admin/people/:login"],
    ]);
    expect(brokenAt).toBeUndefined();
    expect((await auditOf()).shown.map(({ what }) => what)).toContain(
      "GET /api/admin/people/:login (404)",
    );
    expect(JSON.stringify(await auditOf())).not.toContain("alice");
  });

  it("gives a person all that is kept about them, and notes that it did", async () => {
    const answer = await site.admin("GET", "/api/admin/people/alice/export");
    const kept = checked(PersonExport, answer.body);
    expect(kept.person).toMatchObject({ login: "alice", display_name: "Alice", pin: "not set" });
    expect(kept.badges).toMatchObject([{ slot: 1, cardNumber: alice.card }]);
    expect(kept.transfers).toMatchObject([{ amount: 100_000, comment: "first credit" }]);
    expect(answer.text).not.toContain("argon2");
    expect((await auditOf("?login=alice")).shown[0]?.what).toContain("export");
  });

  it("knows every table that names people, so that an export leaves none out", () => {
    const db = openBooks();
    const tables = db
      .prepare<[], { name: string }>(
        `SELECT DISTINCT t.name FROM sqlite_schema t, pragma_table_info(t.name) c
         WHERE t.type = 'table' AND (c.name IN ('person_id', 'used_by', 'owner_key') OR c.name = 'login')`,
      )
      .all();
    db.close();
    expect(new Set(tables.map(({ name }) => name))).toEqual(
      new Set([
        ...["account", "badge", "badge_event", "ended_job", "group_member", "job", "person"],
        ...["person_more", "person_right", "preference", "queue_address", "reservation", "review"],
        ...["shared_access_person", "uncertain", "voucher"],
        // Not in an export: codes of the next minutes and of roles, and the day of leaving.
        ...["link_code", "enrolment_code", "leaver"],
      ]),
    );
  });

  it("goes on from its head after a restart, and the head changes with every entry", async () => {
    await site.admin("GET", "/api/admin/people/alice");
    const { head, entries } = await auditOf();
    await site.restart();
    const later = await auditOf();
    expect(later.entries).toBe(entries + 1);
    expect(later.head).not.toBe(head);
  });
});

describe("the audit's chain", () => {
  function filled() {
    const db = openDatabase({ path: ":memory:", migrations: serverMigrations });
    for (let n = 1; n <= 5; n += 1) audit(db, { who: "desk", what: `read ${n}` }, n);
    return db;
  }

  it("refuses to be changed or shortened", () => {
    const db = filled();
    expect(() => db.exec("UPDATE audit SET who = 'nobody'")).toThrow(/never changed/);
    expect(() => db.exec("DELETE FROM audit WHERE entry = 5")).toThrow(/deleted/);
    expect(readAudit(db, { most: 2 }).map(({ entry }) => entry)).toEqual([5, 4]);
    db.close();
  });

  it.each([
    ["changed", "UPDATE audit SET who = 'nobody' WHERE entry = 3", 3],
    ["taken away", "DELETE FROM audit WHERE entry = 3", 4],
    ["moved in time", "UPDATE audit SET at = 9 WHERE entry = 1", 1],
  ])("shows an entry that was %s past the program", (_how, sql, brokenAt) => {
    const db = filled();
    db.exec("DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted");
    expect(checkAudit(db).brokenAt).toBeUndefined();
    db.exec(sql);
    expect(checkAudit(db).brokenAt).toBe(brokenAt);
    db.close();
  });
});

describe("somebody who left", () => {
  it("keeps the name for so many days, then loses it; the books stay as they are", () => {
    const db = openBooks();
    const before = checkBooks(db);
    const keep = (now: number) => erasePeople(db, { days: 30, now });
    changePerson(db, alice.personId, { what: "disabled", value: true });
    expect(keep(0)).toBe(0);
    expect(keep(29 * day)).toBe(0);
    expect(findPersonByLogin(db, "alice")).toBeDefined();
    expect(keep(30 * day)).toBe(1);
    expect(findPersonByLogin(db, "alice")).toBeUndefined();
    expect(JSON.stringify(findPersonEver(db, alice.personId))).not.toMatch(/alice/i);
    expect(checkBooks(db)).toEqual(before);
    expect(readAudit(db, { most: 1 })[0]).toMatchObject({
      who: "retention",
      about: alice.personId,
    });
    db.close();
  });

  it("and came back in between begins to count anew", () => {
    const db = openBooks();
    const set = (value: boolean) => changePerson(db, alice.personId, { what: "disabled", value });
    const keep = (now: number) => erasePeople(db, { days: 30, now });
    set(true);
    keep(0);
    set(false);
    keep(10 * day);
    set(true);
    expect(keep(31 * day)).toBe(0);
    expect(keep(60 * day)).toBe(0);
    expect(keep(61 * day)).toBe(1);
    db.close();
  });
});
