import { describe, expect, it } from "vitest";
import { hashSecret, verifySecret } from "../../storage/secret-hash.ts";
import { alice, bob, fixtureKeys, openBooks, uuid } from "../books.fixture.ts";
import { checkBooks } from "../ledger/check-books.ts";
import { addPerson } from "./add-person.ts";
import { BADGES_AT_MOST, badgeHolder, badgesOf, giveBadge, takeBadges } from "./badges.ts";
import { cardFinder, openCard, sealCard } from "./card-keys.ts";
import { changePerson, removePerson } from "./change-person.ts";
import { endOf } from "./describe-person.ts";
import { identifyPerson } from "./identify.ts";
import { loginKey } from "./login-name.ts";
import { makeFirstPeople } from "./make-person.ts";
import { countPeople, findPersonByEmail, findPersonByLogin } from "./person.ts";

describe("a log-in name", () => {
  it.each([
    ["alice", "alice"],
    ["HOST\\Alice", "alice"],
    ["Alice@library.test", "alice"],
    ["LIB\\alice@library.test", "alice"],
    ["  Alice ", "alice"],
    ["JOSE\u0301", "jos\u00e9"],
    ["@library", "@library"],
    ["HOST\\", "host\\"],
  ])("%j is compared as %j", (login, key) => {
    expect(loginKey(login)).toBe(key);
  });
});

describe("a card number", () => {
  it("is found by its keyed hash and opens for its own person only", () => {
    const card = sealCard(fixtureKeys, { personId: alice.personId, cardNumber: "0123" });
    const { sealed } = card;
    expect(card.finder).toEqual(cardFinder(fixtureKeys, "0123"));
    expect(openCard(fixtureKeys, { personId: alice.personId, sealed })).toBe("0123");
    expect(() => openCard(fixtureKeys, { personId: bob.personId, sealed })).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => openCard(fixtureKeys, { personId: alice.personId, sealed })).toThrow();
  });

  it("is shown by its end only, and of a short one not even all of that", () => {
    expect(["66CF4DC2", "1234", "12", "1"].map(endOf)).toEqual(["…DC2", "…34", "…2", "…"]);
  });

  it("belongs to one person, in one slot", () => {
    const db = openBooks();
    const personId = alice.personId;
    const give = (cardNumber: string, slot?: number) =>
      giveBadge(
        db,
        {
          personId,
          card: sealCard(fixtureKeys, { personId, cardNumber }),
          ...(slot === undefined ? {} : { slot }),
        },
        0,
      ).kind;
    const slots = () => badgesOf(db, personId).map(({ slot }) => slot);
    expect(give(bob.card)).toBe("conflict");
    expect(give("SECOND")).toBe("given");
    expect(give("SECOND")).toBe("given");
    expect(slots()).toEqual([1, 2]);
    expect(give("SECOND", 1)).toBe("given");
    expect(slots()).toEqual([1]);
    expect(badgeHolder(db, cardFinder(fixtureKeys, alice.card))).toBeUndefined();
    for (let n = 2; n <= BADGES_AT_MOST; n += 1) expect(give(`CARD${n}`)).toBe("given");
    expect(give("ONE MORE")).toBe("conflict");
    takeBadges(db, { personId }, 0);
    expect(slots()).toEqual([]);
    db.close();
  });
});

describe("a secret", () => {
  it("is known by its hash, and by nothing else", async () => {
    const hashed = await hashSecret("4711");
    expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashSecret("4711")).not.toBe(hashed);
    expect(await verifySecret("4711", hashed)).toBe(true);
    expect(await verifySecret("4712", hashed)).toBe(false);
    expect(await verifySecret("", hashed)).toBe(false);
    expect(await verifySecret("4711", null)).toBe(false);
    await expect(hashSecret("9".repeat(513))).rejects.toThrow(RangeError);
  });
});

describe("a person", () => {
  it("who is disabled is told so, and who was removed is not known any more", () => {
    const db = openBooks();
    const tap = (now: number) => identifyPerson(db, findPersonByLogin(db, "alice"), now);
    expect(tap(0).kind).toBe("known");
    changePerson(db, alice.personId, { what: "disabled_until", value: 50 });
    expect(tap(49)).toEqual({ kind: "refused", reason: "disabled" });
    expect(tap(50).kind).toBe("known");
    changePerson(db, alice.personId, { what: "email", value: "Alice@Library.test" });
    expect(findPersonByEmail(db, "alice@library.TEST")?.login).toBe("alice");
    removePerson(db, alice.personId, 0);
    expect(tap(50)).toEqual({ kind: "refused", reason: "unknown-card" });
    expect(findPersonByLogin(db, "alice")).toBeUndefined();
    expect(findPersonByEmail(db, "alice@library.test")).toBeUndefined();
    expect(countPeople(db)).toBe(1);
    expect(checkBooks(db)).toMatchObject({ sum: 0, faults: [] });
    const row = db.prepare("SELECT * FROM person WHERE person_id = ?").get(alice.personId);
    expect(JSON.stringify(row).toLowerCase()).not.toContain("alice");
    db.close();
  });

  it("who cannot be made whole is not made at all", () => {
    const db = openBooks();
    const personId = uuid("d", 1);
    const card = sealCard(fixtureKeys, { personId, cardNumber: bob.card });
    const person = { personId, account: uuid("dd", 1), login: "dora", badges: [card] };
    expect(addPerson(db, person, 0).kind).toBe("conflict");
    expect(countPeople(db)).toBe(2);
    expect(addPerson(db, { ...person, badges: [] }, 0).kind).toBe("added");
    db.close();
  });

  it("is made for a first try only where nobody ever was", async () => {
    const db = openBooks();
    const people = [{ login: "tina" }];
    removePerson(db, alice.personId, 0);
    removePerson(db, bob.personId, 0);
    expect(await makeFirstPeople(db, { people, keys: fixtureKeys }, 0)).toBe(0);
    db.close();
  });
});
