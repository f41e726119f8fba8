import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attribute, keyword, keywords } from "../../ipp/build.ts";
import { createIppClient, type IppClient } from "../../ipp/client/client.ts";
import { operation } from "../../ipp/operations.ts";
import { groupOf, groupsOf, integerOf, integersOf, stringOf } from "../../ipp/read.ts";
import { jobStateName } from "../../ipp/states.ts";
import { groupTag } from "../../ipp/tags.ts";
import { PersonShown } from "../../protocol/admin.ts";
import { startSimulator } from "../../simulator/start-simulator.ts";
import { prepareSuites, type Suites, whyNoIpptool } from "../labs/ipptool.ts";
import { closing } from "./closing.ts";
import { xmlRpc } from "./peers.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

const left = whyNoIpptool();
if (left !== undefined) console.log(`Left out: the conformance suites of ipptool, since ${left}.`);

/** Eight tests send PostScript, which is taken only where Ghostscript can be run safely. */
const postScriptTests = existsSync("/usr/bin/gs") ? 8 : 0;
/** The one that sends most comes first: its jobs come out while the others run. */
const suitesAndLeast = [
  ["ipp-everywhere", 156 + postScriptTests],
  ["ipp-1.1", 46 + postScriptTests],
  ["ipp-2.0", 47 + postScriptTests],
] as const;

/** Of a suite's own queue, and of its own device: that prints one job after the other. */
const nameFor = (suite: string) => suite.replace(".", "-");

describe.runIf(left === undefined)("ipptool on a direct queue, released to its device", () => {
  const open = closing();
  let site: TestSite;
  let suites: Suites;
  const queues: IppClient[] = [];

  beforeAll(async () => {
    suites = open.add(prepareSuites());
    const names = suitesAndLeast.map(([suite]) => nameFor(suite));
    const devices: Record<string, { url: string }> = {};
    for (const name of names) {
      const host = "127.0.0.1";
      const printer = open.add(await startSimulator({ host, port: 0, pagesPerMinute: 100_000 }));
      devices[name] = { url: printer.printerUri };
    }
    const direct = (name: string) => ({ kind: "direct" as const, devices: [name] });
    const queuesOf = Object.fromEntries(names.map((name) => [name, direct(name)]));
    site = open.add(await startSite({ devices, queues: queuesOf }));
    await site.admin.post("/api/admin/people", { login: "alice" }, PersonShown);
    await xmlRpc(site, "api.adjustUserAccountBalance", "alice", 1000, "for the suites");
    for (const name of names) {
      const uri = `ipp://127.0.0.1:${site.ports.provider}/printers/${name}`;
      const queue = open.add(createIppClient({ uri, userName: "alice" }));
      queues.push(queue);
      // What the queue offers must not change while it is asked.
      await waitFor("the device's abilities at the queue", async () => {
        const answer = await queue.call({ operation: operation.getPrinterAttributes });
        const printer = answer.ok ? groupOf(answer.value, groupTag.printer) : undefined;
        return integersOf(printer, "finishings-supported").length > 1;
      });
    }
  });
  afterAll(() => open.all());

  test.each(suitesAndLeast)("%s: at least %i passed, none failed", async (suite, least) => {
    const uri = `ipp://localhost:${site.ports.provider}/printers/${nameFor(suite)}`;
    const began = performance.now();
    const { passed, skipped, failures } = await suites.run(suite, { uri, user: "alice" });
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${suite}: ${passed} passed, ${skipped} skipped, ${seconds} s`);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThanOrEqual(least);
  });

  test("what the suites sent came out of the device, but for what they cancelled", async () => {
    const jobs = async (queue: IppClient, which: string) => {
      const wanted = keywords("job-state", "job-name", "job-state-message");
      const attributes = [
        attribute("which-jobs", keyword(which)),
        attribute("requested-attributes", ...wanted),
      ];
      const answer = await queue.call({ operation: operation.getJobs, attributes });
      if (!answer.ok) throw new Error(answer.message);
      return groupsOf(answer.value, groupTag.job).map((job) => ({
        state: jobStateName(integerOf(job, "job-state")),
        name: stringOf(job, "job-name"),
        message: stringOf(job, "job-state-message"),
      }));
    };
    const jobsOfAll = async (which: string) =>
      (await Promise.all(queues.map((queue) => jobs(queue, which)))).flat();
    const allEnded = async () => (await jobsOfAll("not-completed")).length === 0;
    await waitFor("the end of all jobs", allEnded, 200_000);
    const ended = await jobsOfAll("completed");
    expect(ended.filter(({ state }) => state === "aborted")).toEqual([]);
    expect(ended.filter(({ state }) => state === "completed").length).toBeGreaterThan(100);
  });
});
