import { randomUUID } from "node:crypto";
import { createIppClient } from "../../ipp/client/client.ts";
import { printJob } from "../../ipp/client/submit.ts";
import { ClaimFinishReply, ClaimReply, documentHeaders } from "../../protocol/bridge-provider.ts";
import { kioskClient } from "../system/kiosk-client.ts";
import { tapBadge } from "../system/peers.ts";
import { printDocument } from "../system/print-document.ts";
import { startSite, type TestSite } from "../system/test-site.ts";
import { waitFor } from "../system/wait-for.ts";
import { atRest } from "./at-rest.ts";
import { bridgeLink } from "./bridge-link.ts";
import { ippPoster, type PostedDocument } from "./ipp-poster.ts";
import type { Measure, Part } from "./measure.ts";
import { hugePdf, makePdf } from "./pdfs.ts";
import { childrenOf, forgetPeak, memoryOf } from "./process-memory.ts";

const JOBS = 200;
const RELEASES = 20;
const HUGE_BYTES = 2_000_000_000;
const roles = ["server", "provider", "bridge", "simulator"] as const;

/** What each role holds in memory at rest, after a busy minute, and with a job of 2 GB. */
export const memory: Part = {
  title: `memory of the roles: at rest, through ${JOBS} jobs and ${RELEASES} releases, and with a 2 GB job`,
  run: async () => {
    const site = await startSite();
    try {
      const pids = roles.map((role) => site.roles[role].pid());
      await atRest(site);
      const atStart = pids.map((pid) => memoryOf(pid).nowMb);
      await busyMinute(site);
      await atRest(site);
      const measures = roles.map((role, at): Measure => {
        const { nowMb, peakMb } = memoryOf(pids[at]);
        return {
          what: `${role}, peak`,
          value: peakMb,
          unit: "MB",
          note: `${atStart[at]?.toFixed(0)} MB at rest, ${nowMb.toFixed(0)} MB after the load`,
        };
      });
      // The first start of its life also made its certificate, with what that takes.
      await site.roles.provider.stop();
      await site.roles.provider.start();
      return [...measures, ...(await hugeJob(site))];
    } finally {
      await site.close();
    }
  },
};

async function busyMinute(site: TestSite): Promise<void> {
  const pdf = makePdf({ pages: 3, textBytes: 1500 });
  const poster = ippPoster({ port: site.ports.provider, queue: "find-me", connections: 4 });
  const document = { length: pdf.length, chunks: () => [pdf] };
  await Promise.all(Array.from({ length: JOBS - RELEASES }, () => poster.print(document)));
  poster.close();
  for (let i = 0; i < RELEASES; i += 1) await printDocument(site, { user: "alice", pdf });
  const kiosk = kioskClient(site.ports.bridge);
  await kiosk.until("the idle screen", () => true);
  await tapBadge(site.ports.reader, "66CF4DC2");
  const view = await kiosk.until(
    "the documents",
    ({ session }) =>
      session?.documents.filter(({ state }) => state === "ready").length === RELEASES,
  );
  const answer = await kiosk.press({
    kind: "print",
    jobIds: view.session?.documents.map(({ jobId }) => jobId) ?? [],
    device: view.devices[0]?.id ?? "",
  });
  if (answer !== "accepted") throw new Error(`Print all was answered with: ${answer}`);
  await kiosk.until(
    "the outcomes",
    ({ session }) =>
      session?.releases.filter(({ outcome }) => outcome?.kind === "printed").length === RELEASES,
    120_000,
  );
  await kiosk.press({ kind: "log-out" });
  kiosk.close();
}

/** In over IPP, counted, claimed as the bridge would, out over the bridges' API, byte for byte as many. */
async function hugeJob(site: TestSite): Promise<Measure[]> {
  const provider = site.roles.provider.pid();
  const pdf = hugePdf(HUGE_BYTES);
  forgetPeak(provider);
  let childPeakMb = 0;
  const look = setInterval(() => {
    for (const child of childrenOf(provider))
      childPeakMb = Math.max(childPeakMb, peakIfThere(child));
  }, 100);
  const link = bridgeLink(site);
  try {
    const from = performance.now();
    const jobId = await send(site, pdf);
    const sentAt = performance.now();
    const peakIn = memoryOf(provider).peakMb;
    const release = { jobId, releaseId: randomUUID() };
    let attempt = 0;
    const claim = await waitFor(
      "the claim of the 2 GB job",
      async () => {
        attempt += 1;
        const body = { ...release, attempt, device: "simulated-mfp", owner: "alice" };
        const reply = await link.post("/api/claims", body, ClaimReply);
        if (reply.kind === "refused" && reply.reason !== "not-ready") throw new Error(reply.reason);
        return reply.kind === "claimed" && reply;
      },
      60_000,
    );
    forgetPeak(provider);
    const outFrom = performance.now();
    const { body, length } = await link.stream(`/api/jobs/${jobId}/document`, {
      [documentHeaders.release]: release.releaseId,
      [documentHeaders.attempt]: String(attempt),
      [documentHeaders.fence]: String(claim.fence),
    });
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) bytes += chunk.length;
    const outAt = performance.now();
    if (bytes !== pdf.length || length !== pdf.length)
      throw new Error(`${bytes} of ${pdf.length} bytes were handed out.`);
    const peakOut = memoryOf(provider).peakMb;
    const done = { ...release, attempt, fence: claim.fence, outcome: "printed" };
    await link.post("/api/claims/finish", done, ClaimFinishReply);
    return [
      {
        what: "provider with a 2 GB job, peak",
        value: Math.max(peakIn, peakOut),
        unit: "MB",
        goal: { of: "value", atMost: 150 },
        note: `in ${peakIn.toFixed(0)} MB, out ${peakOut.toFixed(0)} MB; its process that counts pages ${childPeakMb.toFixed(0)} MB`,
      },
      { what: "2 GB taken in", value: rate(pdf, sentAt - from), unit: "MB/s" },
      { what: "2 GB handed out", value: rate(pdf, outAt - outFrom), unit: "MB/s" },
    ];
  } finally {
    clearInterval(look);
    link.close();
  }
}

const rate = ({ length }: PostedDocument, ms: number) => length / 1000 / ms;

function peakIfThere(pid: number): number {
  try {
    return memoryOf(pid).peakMb;
  } catch {
    // It ended between the two looks.
    return 0;
  }
}

async function send(site: TestSite, pdf: PostedDocument): Promise<string> {
  const uri = `ipp://127.0.0.1:${site.ports.provider}/printers/find-me`;
  const client = createIppClient({ uri, userName: "alice", timeouts: {} });
  try {
    const outcome = await printJob(client, {
      jobName: "a long scan",
      documentFormat: "application/pdf",
      document: {
        length: pdf.length,
        async *open() {
          for (const chunk of pdf.chunks()) yield await Promise.resolve(chunk);
        },
      },
    });
    if (!outcome.ok) throw new Error(`The 2 GB job was refused: ${outcome.message}`);
    return String(outcome.value.jobUuid).replace("urn:uuid:", "");
  } finally {
    client.close();
  }
}
