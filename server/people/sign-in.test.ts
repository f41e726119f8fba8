import { createSecretKey } from "node:crypto";
import { pino } from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import type { IdentifyRequest } from "../../protocol/sign-in.ts";
import type { SignIn } from "../../protocol/site.ts";
import type { Database } from "../../storage/open-database.ts";
import { createSecretChecker } from "../../storage/secret-checker.ts";
import { hashSecret } from "../../storage/secret-hash.ts";
import { alice, bob, fixtureKeys, openBooks, smallSite } from "../books.fixture.ts";
import { badgeEventsOf } from "./badge-events.ts";
import { badgesOf, blockBadge, findBadge, giveBadge } from "./badges.ts";
import { cardFinder, sealCard } from "./card-keys.ts";
import { changePerson } from "./change-person.ts";
import { identifyAgain } from "./identify.ts";
import { issueLinkCode, linkCodeFinder } from "./link-codes.ts";
import { NotOpenHere, signIn } from "./sign-in.ts";
import type { SignInParts } from "./sign-in-parts.ts";

let db: Database;
let now: number;
let parts: SignInParts;
const codeKey = createSecretKey(Buffer.alloc(32, 3));

beforeEach(async () => {
  db = openBooks();
  now = 1_000_000_000_000;
  parts = {
    db,
    cards: fixtureKeys,
    now: () => now,
    log: pino({ level: "silent" }),
    codeKey,
    secrets: createSecretChecker({ atOnce: 2, waiting: 8 }),
  };
  changePerson(db, alice.personId, { what: "pin", value: await hashSecret("4711") });
  changePerson(db, alice.personId, { what: "password", value: await hashSecret("horse") });
  changePerson(db, alice.personId, { what: "number", value: "1001" });
});

const everything: SignIn = {
  ways: ["card", "number-pin", "name-password"],
  linkCards: ["password", "code"],
};
type Question = IdentifyRequest extends infer R
  ? R extends IdentifyRequest
    ? Omit<R, "terminal">
    : never
  : never;
const ask = (request: Question, policy: SignIn = everything, place = "lobby") =>
  signIn(parts, {
    request: { ...request, terminal: "lobby" },
    site: { ...smallSite, policy: { ...smallSite.policy, signIn: policy } },
    place,
  });
const login = (password: string, name = "alice", place?: string) =>
  ask({ way: "password", login: name, password }, everything, place);
const tap = (cardNumber: string, policy?: SignIn) => ask({ cardNumber }, policy);
const isAlice = { kind: "known", person: { login: "alice" } };
const badgeOf = (cardNumber: string) => {
  const badge = findBadge(db, cardFinder(fixtureKeys, cardNumber));
  if (badge === undefined) throw new Error("There is no such badge.");
  return badge;
};

describe("the ways of signing in", () => {
  it("are the terminal's, else the site's, and no other", async () => {
    await expect(ask({ way: "number", number: "1001", pin: "4711" }, {})).rejects.toThrow(
      NotOpenHere,
    );
    await expect(tap(alice.card, { ways: ["number-pin"] })).rejects.toThrow(NotOpenHere);
    await expect(
      ask({ way: "link-by-code", cardNumber: "0000AAAA", code: "1" }, {}),
    ).rejects.toThrow(NotOpenHere);
    expect(await tap(alice.card, {})).toMatchObject(isAlice);
  });

  it("ask for a PIN with the card: of those who have one, or of everybody", async () => {
    const pin = (cardNumber: string, typed: string) =>
      ask({ way: "card", cardNumber, pin: typed }, { ways: ["card-pin"] });
    expect(await tap(alice.card, { ways: ["card-pin"] })).toEqual({ kind: "needs-pin" });
    expect(await pin(alice.card, "4712")).toEqual({ kind: "refused", reason: "wrong" });
    expect(await pin(alice.card, "4711")).toMatchObject(isAlice);
    expect(await tap(bob.card, { ways: ["card-pin"] })).toMatchObject({ reason: "no-pin" });
    expect(await tap(bob.card, { ways: ["card", "card-pin"] })).toMatchObject({ kind: "known" });
  });

  it("take a number with its PIN, and a name with its password, however the name is written", async () => {
    expect(await ask({ way: "number", number: " 1001 ", pin: "4711" })).toMatchObject(isAlice);
    expect(await ask({ way: "number", number: "1002", pin: "4711" })).toMatchObject({
      reason: "wrong",
    });
    expect(await login("horse", "LIB\\ALICE")).toMatchObject(isAlice);
    expect(await login("Horse")).toMatchObject({ reason: "wrong" });
    expect(await login("horse", "nobody")).toMatchObject({ reason: "wrong" });
    expect(await login("", "alice")).toMatchObject({ reason: "wrong" });
  });

  it("let nobody in who is switched off, and say so only to who knows the password", async () => {
    changePerson(db, alice.personId, { what: "disabled", value: true });
    expect(await login("wrong")).toMatchObject({ reason: "wrong" });
    expect(await login("horse")).toMatchObject({ reason: "disabled" });
    expect(await tap(alice.card)).toMatchObject({ reason: "disabled" });
  });
});

describe("wrong tries", () => {
  it("slow the person down at that terminal, longer each time, and the right one ends it", async () => {
    for (let n = 0; n < 3; n += 1)
      expect(await login(`wrong ${n}`)).toMatchObject({ reason: "wrong" });
    expect(await login("horse")).toEqual({ kind: "slow-down", seconds: 5 });
    now += 5_000;
    expect(await login("wrong")).toMatchObject({ reason: "wrong" });
    expect(await login("horse")).toEqual({ kind: "slow-down", seconds: 10 });
    now += 10_000;
    expect(await login("horse")).toMatchObject(isAlice);
    expect(await login("wrong")).toMatchObject({ reason: "wrong" });
    expect(await login("horse")).toMatchObject(isAlice);
  });

  it("lock nobody out for another, nor elsewhere", async () => {
    changePerson(db, bob.personId, { what: "password", value: await hashSecret("battery") });
    for (let n = 0; n < 4; n += 1) await login("wrong");
    expect(await login("horse")).toMatchObject({ kind: "slow-down" });
    expect(await login("battery", "bob")).toMatchObject({ kind: "known" });
    expect(await login("horse", "alice", "upstairs")).toMatchObject(isAlice);
    expect(await tap(alice.card)).toMatchObject(isAlice);
  });

  it("are counted before they are checked, so that many at once get no more of them", async () => {
    const tries = Array.from({ length: 8 }, (_, n) => login(`wrong ${n}`));
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "refused")).toHaveLength(3);
    expect(kinds.filter((kind) => kind === "slow-down")).toHaveLength(5);
  });

  it("of names that nobody has are slowed just the same, so that they tell nothing", async () => {
    for (let n = 0; n < 3; n += 1) await login("wrong", "nobody");
    expect(await login("wrong", "Nobody@lib.test")).toMatchObject({ kind: "slow-down" });
  });

  it("do not count when too many are checked at once to check one more", async () => {
    const secrets = createSecretChecker({ atOnce: 2, waiting: 1 });
    parts = { ...parts, secrets };
    const hash = await hashSecret("other");
    const others = [1, 2, 3].map(() => secrets.check("x", hash));
    expect(await login("horse")).toEqual({ kind: "refused", reason: "busy" });
    await Promise.all(others);
    for (let n = 0; n < 3; n += 1)
      expect(await login(`wrong ${n}`)).toMatchObject({ reason: "wrong" });
  });
});

describe("a badge", () => {
  it("that is blocked opens nothing from then on, ends the session it opened, and can be let in again", async () => {
    blockBadge(db, badgeOf(alice.card), true, now);
    expect(await tap(alice.card)).toMatchObject({ reason: "badge-blocked" });
    const session = { keys: fixtureKeys, personId: alice.personId, cardNumber: alice.card };
    expect(identifyAgain(db, session, now)).toMatchObject({ kind: "refused" });
    // It stays somebody's: nobody else can link it.
    expect(
      await ask({
        way: "link-by-password",
        cardNumber: alice.card,
        login: "alice",
        password: "horse",
      }),
    ).toMatchObject({ reason: "cannot-link" });
    blockBadge(db, badgeOf(alice.card), false, now);
    expect(await tap(alice.card)).toMatchObject(isAlice);
  });

  it("that is lent expires by itself, and can be lent longer", async () => {
    const card = sealCard(fixtureKeys, { personId: alice.personId, cardNumber: "GUEST7" });
    const lend = (until: number) =>
      giveBadge(db, { personId: alice.personId, card, expiresAt: until }, now);
    lend(now + 1_000);
    expect(await tap("GUEST7")).toMatchObject(isAlice);
    now += 1_000;
    expect(await tap("GUEST7")).toMatchObject({ reason: "badge-expired" });
    expect(await tap(alice.card)).toMatchObject(isAlice);
    lend(now + 1_000);
    expect(await tap("GUEST7")).toMatchObject(isAlice);
    expect(badgeEventsOf(db, alice.personId).map(({ what, at }) => [what, at])).toEqual([
      ["until", now],
      ["given", now - 1_000],
      ["given", 0],
    ]);
  });
});

describe("a card that nobody has", () => {
  const issue = (code: string) =>
    issueLinkCode(db, { personId: alice.personId, finder: linkCodeFinder(codeKey, code) }, now);
  const link = (code: string, cardNumber = "0000AAAA") =>
    ask({ way: "link-by-code", cardNumber, code });

  it("is linked by its holder's name and password, and opens their session from then on", async () => {
    expect(await tap("0000AAAA")).toEqual({
      kind: "refused",
      reason: "unknown-card",
      linkBy: ["password", "code"],
    });
    const by = (password: string) =>
      ask({ way: "link-by-password", cardNumber: "0000AAAA", login: "alice", password });
    expect(await by("wrong")).toMatchObject({ reason: "wrong" });
    expect(await by("horse")).toMatchObject(isAlice);
    expect(await tap("0000AAAA")).toMatchObject(isAlice);
    expect(badgesOf(db, alice.personId)).toHaveLength(2);
  });

  it("is linked by a code once, while it is fresh, and an older code is void", async () => {
    issue("11112222");
    issue("12345678");
    expect(await link("11112222")).toMatchObject({ reason: "wrong" });
    expect(await link("1234 5678")).toMatchObject(isAlice);
    expect(await link("12345678", "0000BBBB")).toMatchObject({ reason: "wrong" });
    issue("87654321");
    now += 15 * 60_000;
    expect(await link("87654321", "0000BBBB")).toMatchObject({ reason: "wrong" });
  });

  it("cannot be used to guess codes", async () => {
    issue("12345678");
    for (let n = 0; n < 3; n += 1)
      expect(await link(`0000000${n}`)).toMatchObject({ reason: "wrong" });
    expect(await link("12345678")).toMatchObject({ kind: "slow-down" });
    expect(await link("12345678", "0000CCCC")).toMatchObject(isAlice);
  });
});
