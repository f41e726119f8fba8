import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { folder, packed } from "../../libraries/packed.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const redirect = new URL("../../libraries/redirect.mjs", import.meta.url).href;

/** The names that each library gives, and where each was found, in a process of its own. */
function looked(flags: readonly string[]): { name: string; gives: string[]; at: string }[] {
  const look = `
    const found = [];
    for (const name of ${JSON.stringify(packed)}) {
      const gives = Object.keys(await import(name)).filter((one) => one !== "module.exports");
      found.push({ name, gives: gives.sort(), at: import.meta.resolve(name) });
    }
    console.log(JSON.stringify(found));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, "--input-type=module", "--eval", look],
    { cwd: root, encoding: "utf8" },
  );
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

test("a packed library gives a role what it gives everybody, from one place", () => {
  expect(existsSync(new URL(".stamp", folder))).toBe(true);
  const asTheyCome = looked([]);
  const asPacked = looked(["--import", redirect]);
  expect(asPacked.map(({ at }) => at).filter((at) => !at.startsWith(folder.href))).toEqual([]);
  expect(asPacked.map(({ name, gives }) => ({ name, gives }))).toEqual(
    asTheyCome.map(({ name, gives }) => ({ name, gives })),
  );
  expect(asTheyCome.every(({ gives }) => gives.length > 2)).toBe(true);
});
