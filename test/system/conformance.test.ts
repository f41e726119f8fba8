import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attribute, keyword, keywords } from "../../ipp/build.ts";
import { createIppClient, type IppClient } from "../../ipp/client/client.ts";
import { operation } from "../../ipp/operations.ts";
import { groupOf, groupsOf, integerOf, integersOf, stringOf } from "../../ipp/read.ts";
import { jobStateName } from "../../ipp/states.ts";
import { groupTag } from "../../ipp/tags.ts";
import { prepareSuites, type Suites, whyNoIpptool } from "../labs/ipptool.ts";
import { closing } from "./closing.ts";
import { xmlRpc } from "./peers.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

const left = whyNoIpptool();
if (left !== undefined) console.log(`Left out: the conformance suites of ipptool, since ${left}.`);

/** Eight tests send PostScript, which is taken only where Ghostscript can be run safely. */
const postScriptTests = existsSync("/usr/bin/gs") ? 8 : 0;
const suitesAndLeast = [
  ["ipp-1.1", 46 + postScriptTests],
  ["ipp-2.0", 47 + postScriptTests],
  ["ipp-everywhere", 156 + postScriptTests],
] as const;

describe.runIf(left === undefined)("ipptool on a direct queue, released to its device", () => {
  const open = closing();
  let site: TestSite;
  let suites: Suites;
  let queue: IppClient;

  beforeAll(async () => {
    suites = open.add(prepareSuites());
    // The suites wait for their jobs to be printed.
    site = open.add(await startSite({ simulator: { pagesPerMinute: 100_000 } }));
    const uri = `ipp://127.0.0.1:${site.ports.provider}/printers/direct`;
    queue = open.add(createIppClient({ uri, userName: "alice" }));
    // What the queue offers must not change while it is asked.
    await waitFor("the device's abilities at the queue", async () => {
      const answer = await queue.call({ operation: operation.getPrinterAttributes });
      const printer = answer.ok ? groupOf(answer.value, groupTag.printer) : undefined;
      return integersOf(printer, "finishings-supported").length > 1;
    });
    await xmlRpc(site, "api.adjustUserAccountBalance", "alice", 1000, "for the suites");
  });
  afterAll(() => open.all());

  test.each(suitesAndLeast)("%s: at least %i passed, none failed", async (suite, least) => {
    const uri = `ipp://localhost:${site.ports.provider}/printers/direct`;
    const began = performance.now();
    const { passed, skipped, failures } = await suites.run(suite, { uri, user: "alice" });
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${suite}: ${passed} passed, ${skipped} skipped, ${seconds} s`);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThanOrEqual(least);
  });

  test("what the suites sent came out of the device, but for what they cancelled", async () => {
    const jobs = async (which: string) => {
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
    const allEnded = async () => (await jobs("not-completed")).length === 0;
    await waitFor("the end of all jobs", allEnded, 200_000);
    const ended = await jobs("completed");
    expect(ended.filter(({ state }) => state === "aborted")).toEqual([]);
    expect(ended.filter(({ state }) => state === "completed").length).toBeGreaterThan(100);
  });
});
