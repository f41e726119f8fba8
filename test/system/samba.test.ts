import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Link } from "../../link/client.ts";
import { IdentifyReply } from "../../protocol/bridge-server.ts";
import { smallSite } from "../../server/books.fixture.ts";
import { startTestServer, type TestServer } from "../../server/server.fixture.ts";
import { type Samba, startSamba, whyNoSamba } from "../labs/samba.ts";

const missing = await whyNoSamba();
if (missing !== undefined) console.log(`Left out: sign-in against Samba's AD (${missing}).`);

const password = "Correct-Horse-7";

/** Active Directory itself, as Samba makes it: its own attributes, errors and groups. */
describe.skipIf(missing !== undefined)("an Active Directory", () => {
  let samba: Samba;
  let site: TestServer;
  let link: Link;
  let wall = Date.now();

  beforeAll(async () => {
    samba = await startSamba();
    closers.push(() => samba.close());
    const user = (name: string, ...more: string[]) =>
      samba.tool("user", "create", name, password, ...more);
    for (const name of ["alice", "bob", "carol", "olivia", "eve"]) await user(name);
    await user("newby", "--must-change-at-next-login");
    for (const group of ["Printing", "Staff", "Library"]) await samba.tool("group", "add", group);
    await samba.tool("group", "addmembers", "Printing", "Staff");
    await samba.tool("group", "addmembers", "Staff", "Library");
    await samba.tool("group", "addmembers", "Library", "alice,bob,olivia,newby");
    await samba.tool("group", "addmembers", "Printing", "carol");
    await samba.modify(
      ["alice", "bob", "olivia", "eve"]
        .map((name, index) => change(name, "pager", `c0ffee0${index}`))
        .join("\n"),
    );
    await samba.tool("user", "disable", "bob");
    await samba.tool("domain", "passwordsettings", "set", "--account-lockout-threshold=3");
    site = await startTestServer({
      directory: {
        url: samba.url,
        startTls: false,
        caFile: samba.caFile,
        bind: samba.bind,
        base: samba.base,
        filter: "(sAMAccountType=805306368)",
        attributes: {
          id: "objectGUID",
          login: "sAMAccountName",
          name: "displayName",
          email: "mail",
          cards: ["pager", "employeeID"],
        },
        group: `CN=Printing,CN=Users,${samba.base}`,
        groupBase: samba.base,
        memberAttribute: "member",
        offlineDays: 7,
      },
      now: () => wall,
      site: {
        ...smallSite,
        policy: { ...smallSite.policy, signIn: { ways: ["card", "name-password"] } },
      },
    });
    closers.push(() => site.close());
    ({ link } = await site.enrol("bridge", "lobby-bridge"));
  }, 120_000);
  const closers: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  const ask = (request: object) =>
    link.post("/api/bridge/identify", { terminal: "lobby", ...request }, IdentifyReply);
  const tap = (cardNumber: string) => ask({ cardNumber });
  const login = (name: string, typed = password) =>
    ask({ way: "password", login: name, password: typed });
  const known = (name: string) => ({ kind: "known", person: { login: name } });

  it("signs people in by the badge field and by password, members of groups within groups", async () => {
    expect(await tap("C0FFEE00")).toMatchObject(known("alice"));
    expect(await login("EXAMPLE\\Alice")).toMatchObject(known("alice"));
    expect(await login("carol@example.test")).toMatchObject(known("carol"));
    expect(await login("alice", "wrong")).toMatchObject({ reason: "wrong" });
    expect(await login("nobody")).toMatchObject({ reason: "wrong" });
  });

  it("lets in nobody who is switched off, may not print, or has to change the password", async () => {
    expect(await tap("C0FFEE01")).toMatchObject({ reason: "disabled" });
    expect(await login("bob")).toMatchObject({ reason: "disabled" });
    expect(await login("eve")).toMatchObject({ reason: "not-allowed" });
    expect(await tap("C0FFEE03")).toMatchObject({ reason: "not-allowed" });
    expect(await login("newby")).toMatchObject({ reason: "password-expired" });
  });

  it("says that an account is locked, and lets its owner in by the badge", async () => {
    for (let n = 0; n < 3; n += 1)
      expect(await login("olivia", `wrong ${n}`)).toMatchObject({ reason: "wrong" });
    wall += 60 * 60_000;
    expect(await login("olivia")).toMatchObject({ reason: "account-locked" });
    expect(await tap("C0FFEE02")).toMatchObject(known("olivia"));
  });

  it("notices who was given another badge, another name, or has left", async () => {
    expect(await tap("C0FFEE00")).toMatchObject(known("alice"));
    await samba.modify(change("alice", "pager", "beef0001"));
    await samba.modify(change("alice", "sAMAccountName", "alice.new"));
    wall += 2 * 60_000;
    expect(await tap("C0FFEE00")).toMatchObject({ reason: "unknown-card" });
    expect(await tap("BEEF0001")).toMatchObject(known("alice.new"));
    await samba.tool("user", "disable", "alice.new");
    wall += 2 * 60_000;
    expect(await tap("BEEF0001")).toMatchObject({ reason: "disabled" });
  });

  it("goes on without its controller for people already known", async () => {
    expect(await login("carol")).toMatchObject(known("carol"));
    await samba.stop();
    wall += 60 * 60_000;
    expect(await login("carol")).toMatchObject(known("carol"));
    expect(await tap("C0FFEE02")).toMatchObject(known("olivia"));
    expect(await login("newby")).toMatchObject({ reason: "directory-unreachable" });
  });

  function change(name: string, attribute: string, value: string): string {
    return `dn: CN=${name},CN=Users,${samba.base}\nchangetype: modify\nreplace: ${attribute}\n${attribute}: ${value}\n`;
  }
});
