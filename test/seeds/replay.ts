import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { bugs } from "./bug.ts";
import { runHistory } from "./history.ts";

// node test/seeds/replay.ts <seed> [--bug <name>]: what happened in one history, line by line.
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { bug: { type: "string" } },
});
const seed = Number(positionals[0]);
const bug = bugs.find((name) => name === values.bug);
if (!Number.isSafeInteger(seed) || (values.bug !== undefined && bug === undefined))
  throw new Error(`Say: node test/seeds/replay.ts <seed> [--bug ${bugs.join("|")}]`);
const { trace, faults, counts } = await runHistory({ seed, bug });
stdout.write(`${trace.join("\n")}\n\n${JSON.stringify(counts)}\n`);
stdout.write(faults.length === 0 ? "All is well.\n" : `${faults.join("\n")}\n`);
