import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasPtys } from "../../simulator/readers/over-pty.ts";
import { sitDown } from "./at-terminal.ts";
import { closing } from "./closing.ts";
import { tapBadge } from "./peers.ts";
import { runGuichet, startGuichet } from "./run-guichet.ts";
import { startSite, type TestSite } from "./test-site.ts";

const open = closing();
let site: TestSite;

beforeAll(async () => {
  // What the reader says is hexadecimal; the people have decimal numbers.
  site = open.add(await startSite({ site: { cardNumbers: "reverse-bytes | hex2dec" } }));
});
afterAll(() => open.all());

const done = (args: string[], typed?: string) => runGuichet(site, args, typed);

test("a technician sees each step of a tap, and who it is, but no whole number without the right", async () => {
  expect((await done(["user", "badge", "alice", "3259879270"])).code).toBe(0);
  const listed = await done(["readers", "--once"]);
  expect(listed.said).toContain("lobby/0");
  expect(listed.said).toContain("dials in from this machine");

  const watching = startGuichet(site, ["readers"]);
  await watching.says(/Ctrl\+C ends/);
  await tapBadge(site.ports.reader, "66CF4DC2");
  await watching.says(/→ alice \(Alice\)/);
  expect(watching.said()).toContain("hex2dec");
  expect(watching.said()).toContain("…270");
  expect(watching.said()).not.toContain("66CF4DC2");
  expect(watching.said()).not.toContain("3259879270");
  watching.child.kill("SIGINT");
  expect(await watching.ended).toBe(0);
});

test("whole numbers are shown to who has the right, and that stands in the audit", async () => {
  await done(["user", "password", "tina"], "correct horse\n");
  const refused = await done(["readers", "--whole", "tina"], "correct horse\n");
  expect(refused.code).toBe(2);
  expect(refused.said).toContain("no right to see whole card numbers");
  expect((await done(["user", "change", "tina", "--see-card-numbers", "yes"])).said).toContain(
    "whole card numbers",
  );
  const watching = startGuichet(site, ["readers", "--whole", "tina"], "correct horse\n");
  await watching.says(/enough to make a second card/);
  await tapBadge(site.ports.reader, "946EBD28");
  await watching.says(/→ nobody: the number is not known/);
  expect(watching.said()).toContain("946EBD28");
  expect(watching.said()).toContain("683503252");
  watching.child.kill("SIGINT");
  await watching.ended;
  expect((await done(["audit", "--about", "tina"])).said).toContain("sees card numbers for 15");
});

test("the bridge tells its taps to nobody without its token", async () => {
  const base = `http://127.0.0.1:${site.ports.bridge}`;
  for (const path of ["/readers", "/readers/taps?after=0"])
    for (const authorization of ["", "Bearer wrong"])
      expect((await fetch(`${base}${path}`, { headers: { authorization } })).status).toBe(401);
});

test("the solver finds a rule from a file of pairs, says whom it would take for another, and what to write", async () => {
  const file = join(site.folder, "pairs.csv");
  // The first four bytes backwards, in decimal, ten digits.
  writeFileSync(
    file,
    "reader;number\n04D7A79A973780;2594690820\n0412F3A2BC5680;2733838852\n04AB34CD98EF81;3442780932\n",
  );
  const solved = await done(["readers", "solve", file]);
  expect(solved.said).toContain("hex2dec");
  expect(solved.said).toContain("No two people would have the same number");
  expect(solved.said).toMatch(/site:\n {2}cardNumbers: "/);
  expect(solved.code).toBe(0);
  // What a magnetic stripe says holds signs that stand between columns elsewhere.
  writeFileSync(
    file,
    '";1234567890=49",1234567890\n";5234567891=17",5234567891\n";0034567833=93",0034567833\n',
  );
  expect((await done(["readers", "solve", file])).said).toContain('cardNumbers: "regex([0-9]+)"');
  writeFileSync(file, "66CF4DC2,1\n");
  expect((await done(["readers", "solve", file])).said).toContain("3 pairs at least");
});

test.skipIf(!hasPtys())(
  "cards are held to a reader or typed, looked at one by one, and a wrong one is taken back",
  async () => {
    const { answer, says, said, ended } = sitDown(site, ["readers", "solve", "--whole", "tina"]);
    const talk = async (dialogue: readonly (readonly [asked: string, typed: string])[]) => {
      for (const [asked, typed] of dialogue) await answer(asked, typed);
    };
    await talk([
      ["Password of tina", "correct horse"],
      ["1. reader says:", ""],
      ["3 more, please", "04F2A752E6B438"],
      ["number is:", "0042-2807228084"],
    ]);
    await says("2. reader says:");
    await tapBadge(site.ports.reader, "046513269E0D37");
    await talk([
      ["number is:", "no"],
      ["Not taken: the number is 4 to 64", "046513269E0D37"],
      ["number is:", "00420321297933"],
      ["3. reader says:", "040C5CA6A3A450"],
      ["number is:", "00420000000001"],
      ["4. reader says:", "-"],
      ["Taken back: 040C5CA6A3A450", "04D23F128B2F33"],
      ["number is:", "00421058179887"],
      ["4. reader says:", ""],
      ["slice(4, 12) | hex2dec | pad(10) | prepend(0042)", ""],
    ]);
    expect(await ended).toBe(0);
    expect(said()).toContain("keeps characters 5 to 12 → A752E6B4");
    expect(said()).toMatch(/Looked at: \d+ badges that are known here\./);
  },
);

test("a command tells how it is used, and a terminal that is not there is named", async () => {
  const { code, said } = await done(["readers", "solve", "--help"]);
  expect(code).toBe(0);
  expect(said).toContain("reader;number");
  expect(said).toContain("reverse-bytes");
  expect((await done(["books", "--help"])).said).toContain("usage: guichet books");
  const wrong = await done(["readers", "solve", "pairs.csv", "--terminal", "attic"]);
  expect(wrong.code).toBe(2);
  expect(wrong.said).toContain('There is no terminal "attic". There are: lobby.');
});
