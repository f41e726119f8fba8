import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { IdentifyReply } from "../protocol/bridge-server.ts";
import { smallSite } from "../server/books.fixture.ts";
import { startTestServer, type TestServer } from "../server/server.fixture.ts";
import { type AdminClient, adminClient } from "./admin-client.ts";
import { encodingOf } from "./people-csv.ts";
import { userImport } from "./user-import.ts";

const soak = process.env.GUICHET_SOAK === "1";
const folder = mkdtempSync(join(tmpdir(), "guichet-import-"));
const file = join(folder, "people.csv");
let site: TestServer;
let admin: AdminClient;
let said: string[];

beforeAll(async () => {
  site = await startTestServer({
    site: {
      ...smallSite,
      policy: { ...smallSite.policy, signIn: { ways: ["card", "number-pin"] } },
    },
  });
  admin = adminClient({ url: site.server.url, serverFolder: site.dataDir });
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  said = [];
  for (const way of ["log", "error"] as const)
    vi.spyOn(console, way).mockImplementation((line: string) => void said.push(line));
});
afterEach(() => vi.restoreAllMocks());

async function take(list: string | Buffer, ...options: string[]) {
  writeFileSync(file, list);
  said = [];
  const code = await userImport(admin, [file, ...options]);
  return { code, said: said.join("\n") };
}
const person = async (login: string) =>
  (await site.admin("GET", `/api/admin/people/${encodeURIComponent(login)}`)).body;

describe("a list of people", () => {
  it("is taken over, tried first, and changes nothing when it is taken again", async () => {
    const list = `login,name,email,number,badge,badge2,pin,credit,restricted
carol,"Carol, of the ""Annex""",carol@lib.test,2001,04:a1:b2:c3,0BADF00D,4711,5.00,yes

dave,Dave,,2002,,,,,
`;
    const tried = await take(list, "--dry-run");
    expect(tried).toMatchObject({ code: 0 });
    expect(tried.said).toContain("2 added, 0 changed, 0 unchanged, 0 refused");
    expect(await person("carol")).toMatchObject({ error: "not-found" });
    expect((await take(list)).said).toContain("2 added");
    expect(await person("carol")).toMatchObject({
      displayName: 'Carol, of the "Annex"',
      badges: ["…2C3", "…00D"],
      number: "2001",
      balance: 50_000,
      restricted: true,
      hasPin: true,
      source: "import",
    });
    expect((await take(list)).said).toContain("0 added, 0 changed, 2 unchanged");
    const { link } = await site.enrol("bridge", "lobby-bridge");
    const by = { terminal: "lobby", way: "number", number: "2001", pin: "4711" };
    expect(await link.post("/api/bridge/identify", by, IdentifyReply)).toMatchObject({
      person: { login: "carol" },
    });
  });

  it("tells what differs, and leaves alone what is not in it", async () => {
    const changed = await take("username;full name\ncarol;Caroline\ndave;\n");
    expect(changed.said).toContain("line 2: carol changed: name");
    expect(changed.said).toContain("0 added, 1 changed, 1 unchanged");
    expect(await person("carol")).toMatchObject({ displayName: "Caroline", number: "2001" });
  });

  it("names the line of what cannot be taken, and takes the rest", async () => {
    const { code, said: told } = await take(
      `login,name,number,badge
erin,"Erin
of two lines",,
,Nobody,,
frank,Frank,12a,
grace,Grace,2001,
heidi,Heidi,,0BADF00D
ERIN,Erin again,,
ivan,Ivan,,
`,
    );
    expect(code).toBe(1);
    for (const line of [
      "line 4: there is no log-in name",
      'line 5: the number "12a"',
      "line 6: Another person has the number 2001 already.",
      "line 7: This card belongs to another person.",
      "line 8: ERIN stands in line 2 already.",
    ])
      expect(told).toContain(line);
    expect(told).toContain("2 added, 0 changed, 0 unchanged, 5 refused");
    expect(await person("grace")).toMatchObject({ error: "not-found" });
  });

  it("is refused whole when its columns are not understood", async () => {
    await expect(take("login,name,colour\na,b,c\n")).rejects.toThrow(
      'Line 1: the column "colour" is not known',
    );
    await expect(take("name,email\na,b\n")).rejects.toThrow('there is no column "login"');
    await expect(take("")).rejects.toThrow("no line that names the columns");
  });

  it("is read as it was written: UTF-8 with its mark, or Windows-1252", async () => {
    const text = "login,name\nzoe,Zoë Müller-Łuc\n";
    await take(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]));
    expect(await person("zoe")).toMatchObject({ displayName: "Zoë Müller-Łuc" });
    await take(Buffer.from("login;name\r\njose;Jos\u00e9 \u0080\r\n", "latin1"));
    expect(encodingOf(file)).toBe("windows-1252");
    expect(await person("jose")).toMatchObject({ displayName: "José €" });
  });

  it("disables who is in it no more, and lets them in when they are back", async () => {
    const everybody = ["login", ...Array.from({ length: 30 }, (_, n) => `team${n}`)];
    const others = ["carol", "dave", "erin", "ivan", "zoe", "jose"];
    await take([...everybody, ...others].join("\n"));
    const fewer = [...everybody.slice(0, -1), ...others].join("\n");
    expect((await take(fewer, "--leavers", "disable", "--dry-run")).said).toContain("team29");
    expect(await person("team29")).toMatchObject({ disabled: false });
    expect((await take(fewer, "--leavers", "disable")).said).toContain("1 of them are disabled");
    expect(await person("team29")).toMatchObject({ disabled: true });
    // Alice was made by hand: no list says anything about her.
    expect(await person("alice")).toMatchObject({ disabled: false });
    const back = await take([...everybody, ...others].join("\n"));
    expect(back.said).toContain("team29 changed: back again");
    expect(await person("team29")).toMatchObject({ disabled: false });
  });

  it("that is cut disables nobody, unless that is really meant", async () => {
    const { code, said: told } = await take("login\nteam1\nteam2\n", "--leavers", "disable");
    expect(code).toBe(1);
    expect(told).toContain("more than a fifth");
    expect(await person("team5")).toMatchObject({ disabled: false });
    await take("login\nteam1\nteam2\n", "--leavers", "disable", "--force");
    expect(await person("team5")).toMatchObject({ disabled: true });
  });

  it("of many is taken in parts, in bounded memory", { timeout: 600_000 }, async () => {
    const size = soak ? 100_000 : 5_000;
    const lines = Array.from(
      { length: size },
      (_, n) =>
        `many${n},Person number ${n},many${n}@lib.test,${9_000_000 + n},${(0xa0000000 + n).toString(16)}`,
    );
    const before = process.memoryUsage().rss;
    const begun = performance.now();
    const first = await take(`login,name,email,number,badge\n${lines.join("\n")}\n`);
    const seconds = (performance.now() - begun) / 1000;
    expect(first.said).toContain(`${size} added`);
    const again = performance.now();
    expect((await take(`login,name,email,number,badge\n${lines.join("\n")}\n`)).said).toContain(
      `${size} unchanged`,
    );
    const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
    vi.restoreAllMocks();
    console.log(
      `${size} people: ${seconds.toFixed(1)} s, again unchanged ${((performance.now() - again) / 1000).toFixed(1)} s, memory of server and command +${grown.toFixed(0)} MiB.`,
    );
    expect(grown).toBeLessThan(400);
  });
});
