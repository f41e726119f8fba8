import { pino } from "pino";
import { Compile } from "typebox/compile";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Link } from "../../link/client.ts";
import { IdentifyReply } from "../../protocol/bridge-server.ts";
import { RulesChecked } from "../../protocol/card-rules.ts";
import { smallSite } from "../../server/books.fixture.ts";
import { openDirectory } from "../../server/directory/open-directory.ts";
import type { DirectorySettings } from "../../server/directory/settings.ts";
import { startTestServer, type TestServer } from "../../server/server.fixture.ts";
import { type LabPerson, type Slapd, startSlapd, whyNoSlapd } from "../labs/slapd.ts";

const missing = whyNoSlapd();
const soak = process.env.GUICHET_SOAK === "1";
const size = soak ? 100_000 : 3_000;
if (missing !== undefined) console.log(`Left out: sign-in against slapd (${missing}).`);

const password = "correct horse";
const uidOf = (n: number) => `p${String(n).padStart(6, "0")}`;
const cardOf = (n: number) => (0x10000000 + n * 7919).toString(16).toUpperCase();

function* everybody(): Generator<LabPerson> {
  for (let n = 0; n < size; n += 1)
    yield { uid: uidOf(n), cn: `Person ${n}`, password, employeeNumber: cardOf(n).toLowerCase() };
  for (const [index, uid] of [
    "locked",
    "off",
    "reset",
    "stranger",
    "inner",
    "odd)(uid=*",
  ].entries())
    yield { uid, cn: uid, password, employeeNumber: `C0FFEE0${index}` };
  for (const uid of ["twin1", "twin2"])
    yield { uid, cn: uid, password, employeeNumber: "DDDD0001" };
}

describe.skipIf(missing !== undefined)(`a directory of ${size} people in slapd`, () => {
  let slapd: Slapd;
  let site: TestServer;
  let link: Link;
  let settings: DirectorySettings;
  let wall = Date.now();

  beforeAll(async () => {
    slapd = await startSlapd({
      people: everybody(),
      groups: {
        // Two loops and four steps deep: outer > middle > inner-group > inner.
        printing: [":middle", ...Array.from({ length: 200 }, (_, n) => uidOf(n)), "twin1", "twin2"],
        middle: [":inner-group", ":printing", "locked", "off", "reset"],
        "inner-group": ["inner", ":middle", "odd)(uid=*"],
        others: ["stranger"],
      },
    });
    closers.push(() => slapd.close());
    settings = {
      url: slapd.url,
      startTls: true,
      caFile: slapd.caFile,
      bind: slapd.bind,
      base: slapd.base,
      filter: "(objectClass=inetOrgPerson)",
      attributes: {
        id: "entryUUID",
        login: "uid",
        name: "cn",
        email: "mail",
        cards: ["employeeNumber"],
      },
      group: "cn=printing, ou=groups, dc=example, dc=test",
      groupBase: slapd.base,
      memberAttribute: "member",
      offlineDays: 7,
    };
    site = await startTestServer({
      directory: settings,
      now: () => wall,
      site: {
        ...smallSite,
        policy: { ...smallSite.policy, signIn: { ways: ["card", "name-password"] } },
      },
    });
    closers.push(() => site.close());
    ({ link } = await site.enrol("bridge", "lobby-bridge"));
    console.log(`slapd loaded ${size} people in ${Math.round(slapd.loadedMs)} ms.`);
  });
  const closers: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  const ask = (request: object) =>
    link.post("/api/bridge/identify", { terminal: "lobby", ...request }, IdentifyReply);
  const tap = (cardNumber: string) => ask({ cardNumber });
  const login = (name: string, typed = password) =>
    ask({ way: "password", login: name, password: typed });
  const known = (uid: string) => ({ kind: "known", person: { login: uid } });

  it("signs people in by the badge that stands there, quickly", async () => {
    expect(await tap(cardOf(7))).toMatchObject({
      kind: "known",
      person: { login: uidOf(7), displayName: "Person 7" },
    });
    const begun = performance.now();
    for (let n = 10; n < 60; n += 1) expect((await tap(cardOf(n))).kind).toBe("known");
    const each = (performance.now() - begun) / 50;
    console.log(`A first tap of somebody new takes ${each.toFixed(1)} ms among ${size}.`);
    expect(each).toBeLessThan(400);
    expect(await tap("FFFFFFFF")).toMatchObject({ reason: "unknown-card" });
  });

  it("signs people in by name and password, and by no other password", async () => {
    expect(await login(uidOf(3))).toMatchObject(known(uidOf(3)));
    expect(await login(`LIB\\${uidOf(3).toUpperCase()}`)).toMatchObject(known(uidOf(3)));
    expect(await login(uidOf(3), "wrong")).toMatchObject({ reason: "wrong" });
    expect(await login("nobody")).toMatchObject({ reason: "wrong" });
  });

  it("lets in whom groups within groups hold, and nobody else", async () => {
    expect(await login("inner")).toMatchObject(known("inner"));
    expect(await login("stranger")).toMatchObject({ reason: "not-allowed" });
    expect(await tap("C0FFEE03")).toMatchObject({ reason: "not-allowed" });
    expect((await site.admin("GET", "/api/admin/people/stranger")).status).toBe(404);
  });

  it("says what is wrong with an account: locked, switched off, password to be changed", async () => {
    expect(await login("locked")).toMatchObject({ reason: "account-locked" });
    // Whoever locks an account by guessing does not keep its owner from the own badge.
    expect(await tap("C0FFEE00")).toMatchObject(known("locked"));
    expect(await tap("C0FFEE01")).toMatchObject({ reason: "disabled" });
    expect(await login("reset")).toMatchObject({ reason: "password-expired" });
  });

  it("takes what is typed for text, never for a part of a question", async () => {
    for (const name of ["*", "p00000*", "*)(uid=*", "\\2a", `${uidOf(3)})(objectClass=*`])
      expect(await login(name), name).toMatchObject({ reason: "wrong" });
    expect(await login("odd)(uid=*")).toMatchObject(known("odd)(uid=*"));
    expect(await tap("*")).toMatchObject({ reason: "unknown-card" });
  });

  it("lets nobody in by a card that two people have", async () => {
    expect(await tap("DDDD0001")).toMatchObject({ reason: "unknown-card" });
  });

  it("looks through all badges of the directory for people whom a rule would take for one", async () => {
    const check = async (...rules: string[]) => {
      const { body } = await site.admin("POST", "/api/admin/card-rules/check", { rules });
      if (!Compile(RulesChecked).Check(body)) throw new Error(JSON.stringify(body));
      return body;
    };
    const begun = performance.now();
    const looked = await check("", "slice(0, -1)");
    const took = Math.round(performance.now() - begun);
    console.log(`Two rules are held against ${size} people of the directory in ${took} ms.`);
    // Everybody, in pages: it gives 500 at once.
    expect(looked.directory).toEqual({ kind: "whole", badges: size + 8 });
    const [plain, cut] = looked.rules;
    expect(plain).toMatchObject({ kind: "checked", collisions: 1 });
    const twins = [
      { login: "twin1", end: "…001", inDirectory: true },
      { login: "twin2", end: "…001", inDirectory: true },
    ];
    expect(plain).toMatchObject({ shown: [twins] });
    // Those who signed in before are known here, too, and are one person with one badge.
    if (cut?.kind !== "checked") throw new Error(JSON.stringify(cut));
    expect(cut.collisions).toBeGreaterThan(1);
    expect(cut.shown.flat()).toContainEqual(expect.objectContaining({ inDirectory: true }));
    const [other] = (await check("prepend(0042)")).rules;
    expect(other).toMatchObject({ kind: "checked", collisions: 1 });
  });

  it("says where it stopped looking", async () => {
    let clock = 0;
    const directory = openDirectory({
      ...settings,
      log: pino({ level: "silent" }),
      now: Date.now,
      monotonic: () => {
        clock += 80_000;
        return clock;
      },
    });
    const manyAtMost = await directory.listCards(700);
    const slow = await directory.listCards(1_000_000);
    await directory.close();
    if (manyAtMost.kind === "away" || slow.kind === "away") throw new Error("slapd is away");
    expect(manyAtMost).toMatchObject({ kind: "partly", people: { length: 1_000 } });
    // Each page took more than a minute.
    expect(slow).toMatchObject({ kind: "partly", people: { length: 1_000 } });
  });

  it("goes on without the directory for people already known, for as long as was said", async () => {
    expect(await login(uidOf(5))).toMatchObject(known(uidOf(5)));
    expect((await tap(cardOf(5))).kind).toBe("known");
    await slapd.stop();
    wall += 2 * 60_000;
    expect(await tap(cardOf(5))).toMatchObject(known(uidOf(5)));
    expect(await login(uidOf(5))).toMatchObject(known(uidOf(5)));
    expect(await login(uidOf(5), "wrong")).toMatchObject({ reason: "wrong" });
    const { body } = await site.admin("POST", "/api/admin/card-rules/check", { rules: [""] });
    expect(body).toMatchObject({ directory: { kind: "away" } });
    expect(await tap(cardOf(99))).toMatchObject({ reason: "directory-unreachable" });
    expect(await login(uidOf(99))).toMatchObject({ reason: "directory-unreachable" });
    wall += 8 * 24 * 60 * 60_000;
    expect(await tap(cardOf(5))).toMatchObject({ reason: "directory-unreachable" });
    expect(await login(uidOf(5))).toMatchObject({ reason: "directory-unreachable" });
  });
});
