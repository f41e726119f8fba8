import type { Outcome, ReleaseView, TerminalView } from "../../protocol/kiosk.ts";
import type { PrintedSide } from "../../simulator/printer/printed-side.ts";
import { logIn } from "./badge-session.ts";
import type { KioskClient } from "./kiosk-client.ts";
import { paper, xmlRpc } from "./peers.ts";
import { printDocument } from "./print-document.ts";
import type { TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

export type ReleaseSeen = {
  outcome: Outcome;
  /** Every problem that the screen showed on the way. */
  problems: Set<string>;
  /** The sides that lie in the tray for it. */
  sides: PrintedSide[];
  /** What the account is poorer by, in the currency's unit. */
  charged: number;
};

/**
 * Alice prints a document, taps, and presses Print. `onTheWay` is called with each view of the release,
 * for a test that mends the device when the screen has said what is wrong.
 */
export async function oneRelease(options: {
  site: TestSite;
  kiosk: KioskClient;
  pdf: Uint8Array;
  copies?: number;
  onTheWay?: (release: ReleaseView) => void;
  withinMs?: number;
}): Promise<ReleaseSeen> {
  const { site, kiosk, pdf, copies = 1, onTheWay, withinMs = 60_000 } = options;
  const before = await balanceOf(site);
  const { uuid } = await printDocument(site, { user: "alice", pdf, copies });
  await logIn(site, kiosk);
  const open = await kiosk.until(
    "the document",
    (view) => documentOf(view, uuid)?.state === "ready",
  );
  const answer = await kiosk.press({
    kind: "print",
    jobIds: [uuid],
    device: open.devices[0]?.id ?? "",
  });
  if (answer !== "accepted") throw new Error(`The bridge answered ${answer}`);

  const problems = new Set<string>();
  let told = "";
  const ended = await kiosk.until(
    "how the release ended",
    (view) => {
      const release = view.session?.releases.find(({ jobId }) => jobId === uuid);
      if (release?.problem) problems.add(release.problem);
      if (release && JSON.stringify(release) !== told) {
        told = JSON.stringify(release);
        onTheWay?.(release);
      }
      return release?.outcome !== undefined;
    },
    withinMs,
  );
  const release = ended.session?.releases.find(({ jobId }) => jobId === uuid);
  if (!release?.outcome) throw new Error("no outcome");
  const name = `Guichet ${release.releaseId.slice(0, 8)}`;
  const owed = chargeOf(release.outcome);
  const charged = await waitFor(`a charge of ${owed}`, async () => {
    const fallen = Math.round((before - (await balanceOf(site))) * 10_000) / 10_000;
    return fallen === owed ? { fallen } : undefined;
  });
  const sides = (await paper(site)).filter(({ jobName }) => jobName === name);
  await kiosk.press({ kind: "delete", jobIds: [uuid] });
  return { outcome: release.outcome, problems, sides, charged: charged.fallen };
}

export async function balanceOf(site: TestSite): Promise<number> {
  return Number(await xmlRpc(site, "api.getUserAccountBalance", "alice"));
}

function documentOf(view: TerminalView, jobId: string) {
  return view.session?.documents.find((document) => document.jobId === jobId);
}

function chargeOf(outcome: Outcome): number {
  return outcome.kind === "printed" || outcome.kind === "partly-printed"
    ? outcome.charged / 10_000
    : 0;
}
