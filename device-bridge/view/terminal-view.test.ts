import { Compile } from "typebox/compile";
import { describe, expect, it } from "vitest";
import { TerminalView } from "../../protocol/kiosk.ts";
import { printing, times } from "../release/course.fixture.ts";
import { sampled, waitingRelease } from "../release/release.fixture.ts";
import type { Release } from "../release/release.ts";
import { documentView } from "./document-view.ts";
import { releaseView } from "./release-view.ts";
import { terminalView } from "./terminal-view.ts";
import { facts, job, lobby, session, site } from "./view.fixture.ts";

const form = Compile(TerminalView);

describe("what a terminal shows", () => {
  it("is what the kiosk understands", () => {
    const release = printing(sampled({ impressions: 4 })).release;
    const shown = session({ releases: [{ releaseId: release.releaseId, title: "Letter" }] });
    const { view } = terminalView(
      facts({
        state: { kind: "open", session: shown },
        release: () => release,
        releaseOf: () => release,
      }),
    );
    expect([...form.Errors(view)]).toEqual([]);
    expect(view.session).toMatchObject({
      language: "fr",
      balance: 1000,
      available: 900,
      restricted: true,
      documents: [{ state: "printing", counted: { pages: 10, impressions: 10, price: 1000 } }],
      releases: [{ title: "Letter", phase: "printing", impressions: 4, wanted: 10 }],
    });
  });

  it("is nobody's when no session is open", () => {
    const free = terminalView(facts({ state: { kind: "free" } })).view;
    expect([free.session, free.identifying, free.refusal]).toEqual([null, false, null]);
    const refused = { kind: "refused", notice: "unknown-card", until: 1 } as const;
    expect(terminalView(facts({ state: refused })).view.refusal).toBe("unknown-card");
  });

  it("is news only when something but the time that runs off has changed", () => {
    const at = (now: number) => terminalView(facts({ now })).key;
    expect(at(1_000)).toBe(at(2_000));
    expect(at(40_000)).not.toBe(at(39_999));
    const seen = session({ lastSeenAt: 500 });
    expect(
      terminalView(facts({ now: 1_000, state: { kind: "open", session: seen } })).key,
    ).not.toBe(at(1_000));
  });

  it("counts down to the log-out and warns before it", () => {
    const at = (now: number) => terminalView(facts({ now })).view.session;
    expect(at(39_000)).toMatchObject({ warning: false, logOutInMs: 21_000 });
    expect(at(40_000)).toMatchObject({ warning: true, logOutInMs: 20_000 });
  });

  it("misses a reader that is not connected, but not one that comes when a badge is held to it", () => {
    const absent = { reader: () => "absent" as const };
    expect(terminalView(facts(absent)).view.reader).toBe("missing");
    const terminal = { ...lobby, readers: [{ kind: "listen" as const }] };
    expect(terminalView(facts({ ...absent, terminal })).view.reader).toBe("ready");
  });
});

describe("a document of the list", () => {
  const shown = (listed: Parameters<typeof job>[0], release?: Release) =>
    documentView({ job: job(listed), release, prices: site.prices, devices: ["mfp"] })[0]?.state;

  it.each([
    ["held", "ready"],
    ["analysing", "analysing"],
    ["claimed", "printing"],
    ["uncertain", "uncertain"],
    ["refused", "refused"],
    ["printed", undefined],
    ["cancelled", undefined],
    ["expired", undefined],
    ["receiving", undefined],
  ] as const)("that is %s is shown as %s", (state, wanted) => {
    expect(shown({ state })).toBe(wanted);
  });

  it("that is refused comes with the code of why, for the screen to say in its words", () => {
    const refused = job({ state: "refused", reason: "Locked.", refusedBecause: "encrypted" });
    const facts = { release: undefined, prices: site.prices, devices: ["mfp"] };
    expect(documentView({ job: refused, ...facts })[0]).toMatchObject({
      state: "refused",
      refusedBecause: "encrypted",
    });
  });

  it("follows what this bridge does with it before the server has heard", () => {
    const printed = printing(sampled({ state: "completed", impressions: 10 }, { counter: 1010 }));
    expect(shown({ state: "held" }, waitingRelease())).toBe("printing");
    expect(shown({ state: "held" }, printed.release)).toBeUndefined();
    const stopped: Release = {
      ...waitingRelease(),
      phase: { kind: "closed", outcome: { kind: "not-printed", reason: "cancelled" } },
    };
    expect(shown({ state: "claimed" }, stopped)).toBe("ready");
  });
});

describe("a release", () => {
  it("says what stops it", () => {
    const { release } = printing(sampled({ state: "stopped" }, { problem: "paper-jam" }));
    expect(releaseView(release, "Letter")).toMatchObject({ problem: "paper-jam" });
  });

  it("takes a warning for the reason when nothing gets on", () => {
    const stuck = (looks: number) =>
      printing(...times(looks, sampled({ impressions: 3 }, { suspicion: "out-of-paper" }))).release;
    expect(releaseView(stuck(3), "").problem).toBeUndefined();
    expect(releaseView(stuck(12), "").problem).toBe("out-of-paper");
  });

  it("tells the end as soon as it is journalled", () => {
    const { release } = printing(
      sampled({ state: "completed", impressions: 10 }, { counter: 1010 }),
    );
    expect(releaseView(release, "Letter")).toMatchObject({
      phase: "ended",
      impressions: 10,
      outcome: { kind: "printed", impressions: 10, charged: 5000 },
    });
  });
});
