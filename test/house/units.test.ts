import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeFlags } from "../../node-flags.mjs";

const root = new URL("../../", import.meta.url);

test.each(["server", "provider", "bridge"])(
  "the unit of the %s starts it as everybody does",
  (role) => {
    const unit = readFileSync(new URL(`deploy/guichet-${role}.service`, root), "utf8");
    const flags = nodeFlags(role).map((flag) => flag.replace(root.href, "file:///opt/guichet/"));
    const command = [
      "/opt/guichet/node_modules/.bin/node",
      ...flags,
      "/opt/guichet/guichet.ts",
      role,
    ];
    expect(unit.match(/^ExecStart=.*$/gm)).toEqual([`ExecStart=${command.join(" ")}`]);
  },
);
