// `npm run bench [part …]`: measures Guichet beside its peers, in the same run on the same machine.
// A missed goal is told and fails nothing; the exit code is 1 only when something broke.
import { execFileSync } from "node:child_process";
import { argv, exit } from "node:process";
import { loadNow, lookAtMachine } from "./machine.ts";
import { isMet, LeftOut, type Measure, type Part, ratioOf } from "./measure.ts";
import { shortNumber, tableOf } from "./table.ts";

/** Loaded one by one, so that a part alone needs only what it measures. */
const parts: Record<string, () => Promise<Part>> = {
  codec: async () => (await import("./codec.ts")).codec,
  analyse: async () => (await import("./analyse.ts")).analyse,
  accept: async () => (await import("./accept.ts")).accept,
  upload: async () => (await import("./upload.ts")).upload,
  tap: async () => (await import("./tap.ts")).tap,
  press: async () => (await import("./press.ts")).press,
  readers: async () => (await import("./readers.ts")).readers,
  kiosk: async () => (await import("./kiosk.ts")).kiosk,
  memory: async () => (await import("./memory.ts")).memory,
};
const wanted = argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(
    `The benchmark has no part ${unknown.join(", ")}. It has: ${Object.keys(parts).join(", ")}.`,
  );
  exit(1);
}

const machine = lookAtMachine();
console.log(
  `${machine.cores} × ${machine.processor}, ${machine.memoryGb} GB, Node ${machine.node}, load ${machine.load1.toFixed(2)}, 4 kB made durable in ${shortNumber(machine.syncMs.p50)} ms (p99 ${shortNumber(machine.syncMs.p99)})`,
);

const measured: { part: string; measures: Measure[] }[] = [];
const broken: string[] = [];
for (const [name, load] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const from = performance.now();
  const before = loadNow();
  try {
    const part = await load();
    // What one part wrote is not to be waited for by the commits of the next.
    execFileSync("sync");
    const measures = await part.run();
    measured.push({ part: name, measures });
    const seconds = ((performance.now() - from) / 1000).toFixed(0);
    console.log(
      `\n${name}: ${part.title} (${seconds} s, load ${before.toFixed(1)} → ${loadNow().toFixed(1)})\n${tableOf(measures)}`,
    );
  } catch (error) {
    if (error instanceof LeftOut) {
      console.log(`\n${name}: left out, since ${error.message}.`);
      continue;
    }
    broken.push(name);
    console.error(`\n${name} broke:`, error);
  }
}

const all = measured.flatMap(({ measures }) => measures);
const judged = all.filter((measure) => isMet(measure) !== undefined);
const missed = judged.filter((measure) => isMet(measure) === false);
console.log(
  `\n${judged.length - missed.length} of ${judged.length} goals met${missed.length > 0 ? `; missed: ${missed.map(({ what }) => what).join("; ")}` : ""}${broken.length > 0 ? `; broke: ${broken.join(", ")}` : ""}`,
);
console.log(
  JSON.stringify({
    machine,
    parts: measured.map(({ part, measures }) => ({
      part,
      measures: measures.map((measure) => ({
        ...measure,
        ratio: ratioOf(measure),
        met: isMet(measure),
      })),
    })),
    broken,
  }),
);
exit(broken.length === 0 ? 0 : 1);
