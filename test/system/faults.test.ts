import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { makeTextPdf } from "../documents/make-pdf.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { oneRelease } from "./one-release.ts";
import { fault } from "./peers.ts";
import { startSite, type TestSite } from "./test-site.ts";

/**
 * Each fault of the simulator while ten grey pages at 0.05 are released. Whatever happens: what is
 * charged is what lies in the tray, or nothing and the release is uncertain; and the screen says so.
 */
const PRICE = 0.05;
const open = closing();
let site: TestSite;
let kiosk: KioskClient;
const pdf = makeTextPdf({ pages: 10 });

beforeAll(async () => {
  site = open.add(
    await startSite({ simulator: { pagesPerMinute: 3000 }, site: { idleSeconds: 3600 } }),
  );
  kiosk = open.add(kioskClient(site.ports.bridge));
});
afterAll(() => open.all());
const set = new Set<string>();
afterEach(async () => {
  for (const name of set) await fault(site, name, undefined, "DELETE");
  set.clear();
});

type Case = {
  faults: Record<string, object>;
  /** Cleared when the screen has shown this problem, as a person at the device would mend it. */
  mendAt?: string;
  copies?: number;
  shows?: string;
  /** What may come of it, and how many sides at least then lie in the tray. */
  ends: Record<string, number>;
};

const cases: Record<string, Case> = {
  "a paper jam that is cleared": {
    faults: { jam: { page: 4 } },
    mendAt: "paper-jam",
    shows: "paper-jam",
    ends: { printed: 10 },
  },
  "a paper jam that aborts the job": {
    faults: { jam: { page: 4, outcome: "abort" } },
    ends: { "partly-printed": 1 },
  },
  "an empty cassette that is filled": {
    faults: { "paper-out": { after: 5 } },
    mendAt: "out-of-paper",
    shows: "out-of-paper",
    ends: { printed: 10 },
  },
  "a door that is opened and shut": {
    faults: { "door-open": { page: 3 } },
    mendAt: "door-open",
    shows: "door-open",
    ends: { printed: 10 },
  },
  "a power cut at page five": {
    faults: { "power-cut": { page: 5, seconds: 1 } },
    ends: { "partly-printed": 1, uncertain: 0 },
  },
  "a power cut, and no counters": {
    faults: { "power-cut": { page: 5, seconds: 1 }, "no-counters": {} },
    ends: { uncertain: 0 },
  },
  "completed said too early": { faults: { "early-completed": {} }, ends: { printed: 10 } },
  "no counters at all": { faults: { "no-counters": {} }, ends: { printed: 10 } },
  "no counters of jobs": { faults: { "no-job-counters": {} }, ends: { printed: 10 } },
  "an aborted job without counters": {
    faults: { "no-counters": {}, jam: { page: 4, outcome: "abort" } },
    ends: { uncertain: 0 },
  },
  "copies ignored in silence": {
    faults: { "copies-ignored": {} },
    copies: 2,
    ends: { "partly-printed": 10 },
  },
  "copies ignored and said so": {
    faults: { "copies-ignored": { says: "substituted" } },
    copies: 2,
    ends: { "partly-printed": 10, "not-printed": 0 },
  },
  "a connection that breaks in the document": {
    faults: { "connection-dropped": { when: "upload", bytes: 300, times: 1 } },
    ends: { "not-printed": 0, "partly-printed": 0, printed: 10 },
  },
  "an answer to Send-Document that is lost": {
    faults: { "connection-dropped": { when: "answer", times: 1, operation: "Send-Document" } },
    ends: { printed: 10 },
  },
  "an answer to Create-Job that is lost": {
    faults: { "connection-dropped": { when: "answer", times: 1, operation: "Create-Job" } },
    ends: { printed: 10, "not-printed": 0 },
  },
  "jobs forgotten as soon as they end": {
    faults: { "forgets-jobs": {} },
    ends: { printed: 10, uncertain: 0 },
  },
  "a device that is busy while it prints": { faults: { busy: {} }, ends: { printed: 10 } },
  "errors told as warnings, and a jam": {
    faults: { "reasons-as-warnings": {}, jam: { page: 4 } },
    mendAt: "paper-jam",
    ends: { printed: 10 },
  },
  "toner that is low": { faults: { "toner-low": {} }, ends: { printed: 10 } },
};

describe("each fault during a release of ten pages", () => {
  test.for(Object.entries(cases))("%s", async ([, { faults, mendAt, copies, shows, ends }]) => {
    for (const [name, parameters] of Object.entries(faults)) {
      set.add(name);
      await fault(site, name, parameters);
    }
    let mended = false;
    const seen = await oneRelease({
      site,
      kiosk,
      pdf,
      ...(copies === undefined ? {} : { copies }),
      onTheWay: (release) => {
        if (mendAt === undefined || release.problem !== mendAt || mended) return;
        mended = true;
        for (const name of Object.keys(faults))
          if (name !== "reasons-as-warnings") void fault(site, name, undefined, "DELETE");
      },
    });
    expect(Object.keys(ends)).toContain(seen.outcome.kind);
    expect(seen.sides.length).toBeGreaterThanOrEqual(ends[seen.outcome.kind] ?? 0);
    const owed =
      seen.outcome.kind === "uncertain"
        ? 0
        : Math.round(seen.sides.length * PRICE * 10_000) / 10_000;
    expect(seen.charged).toBe(owed);
    if (shows !== undefined) expect([...seen.problems]).toContain(shows);
  });
});
