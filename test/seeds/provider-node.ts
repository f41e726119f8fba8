import { claim, finish, holdsClaim } from "../../print-provider/claims/claim-store.ts";
import { providerMigrations } from "../../print-provider/database/migrations.ts";
import { ensureSelf } from "../../print-provider/database/provider-row.ts";
import { cancelJob } from "../../print-provider/jobs/end-jobs.ts";
import { findJob } from "../../print-provider/jobs/find-jobs.ts";
import { ownerKey } from "../../print-provider/jobs/owner-name.ts";
import { addJob, jobAnalysed } from "../../print-provider/jobs/take-in.ts";
import { plainTicket } from "../../print-provider/ticket/ticket.ts";
import { ClaimFinish, ClaimRequest, documentHeaders } from "../../protocol/bridge-provider.ts";
import type { JobState } from "../../protocol/particulars.ts";
import type { ProviderSite } from "../../protocol/provider-server.ts";
import { openDatabase } from "../../storage/open-database.ts";
import type { Bug } from "./bug.ts";
import { forgettingClaims } from "./forgetting-claims.ts";
import { createHost } from "./host.ts";
import { hasForm, type Reply, type Role } from "./link.ts";
import type { Random } from "./random.ts";
import { type JobInScene, providerName, type Scene } from "./scene.ts";
import type { World } from "./world.ts";

export interface ProviderNode extends Role {
  stateOf(jobId: string): JobState;
  /** The owner gives a job up, where that is possible. */
  giveUp(job: JobInScene): void;
  close(): void;
}

/** The provider: its real claims on its real database, which is the disk that outlives its process. */
export function createProviderNode(options: {
  readonly world: World;
  readonly random: Random;
  readonly scene: Scene;
  readonly bug: Bug | undefined;
}): ProviderNode {
  const { world, random, scene, bug } = options;
  const db = openDatabase({ path: ":memory:", migrations: providerMigrations });
  const site = providerSiteOf(scene);
  const clockIsOffBy = random.pick([0, 7_000_000, -500_000]);
  const jobs = new Map(scene.jobs.map((job) => [job.jobId, job]));
  ensureSelf(db, { uuid: random.uuid(), now: world.now() });
  for (const job of scene.jobs) takeIn(job);
  const disk = bug === "claim-not-durable" ? forgettingClaims({ db, world }) : undefined;
  const host = createHost({
    world,
    random: random.fork(),
    name: providerName,
    boot: () => undefined,
    onCrash: () => disk?.loseClaims(),
  });

  function takeIn({ jobId, queue, owner, particulars, document }: JobInScene): void {
    addJob(db, {
      id: jobId,
      queue,
      owner: owner.login,
      title: "",
      ticket: plainTicket,
      onHold: false,
      now: world.now(),
      expiresAt: world.now() + 24 * 3_600_000,
      document: {
        format: particulars.documentFormat,
        bytes: document.length,
        wrappedKey: new Uint8Array(32),
      },
    });
    jobAnalysed(db, jobId, particulars);
  }

  function documentFor(
    jobId: string,
    headers: Readonly<Record<string, string>>,
    bridge: string,
  ): Reply {
    const told = new Map(Object.entries(headers));
    const releaseId = told.get(documentHeaders.release) ?? "";
    const attempt = Number(told.get(documentHeaders.attempt));
    const fence = Number(told.get(documentHeaders.fence));
    const job = jobs.get(jobId);
    if (job === undefined || !holdsClaim(db, { jobId, releaseId, attempt, fence, bridge }))
      return { kind: "no", error: "conflict", sentence: "The claim is another's by now." };
    return { kind: "document", bytes: job.document };
  }

  return {
    host,
    answer({ from: bridge, path, body, headers }) {
      const now = world.now() + clockIsOffBy;
      if (path === "/api/claims" && hasForm(ClaimRequest, body)) {
        disk?.aboutToClaim(body);
        return { kind: "ok", body: claim(db, { request: body, bridge, site, now }) };
      }
      if (path === "/api/claims/finish" && hasForm(ClaimFinish, body))
        return { kind: "ok", body: finish(db, { request: body, bridge, now }).reply };
      const jobId = /^\/api\/jobs\/([0-9a-f-]{36})\/document$/.exec(path)?.[1];
      if (jobId !== undefined) return documentFor(jobId, headers, bridge);
      throw new Error(`The provider does not understand ${path}.`);
    },
    stateOf(jobId) {
      const job = findJob(db, jobId);
      if (job === undefined) throw new Error(`The provider lost the job ${jobId}.`);
      return job.state;
    },
    giveUp({ jobId, owner }) {
      const done = cancelJob(db, {
        id: jobId,
        ownerKey: ownerKey(owner.login),
        now: world.now(),
      });
      world.note(owner.login, `deletes ${jobId.slice(0, 8)}: ${done ? "gone" : "kept"}`);
    },
    close: () => db.close(),
  };
}

function providerSiteOf({ site, devices }: Scene): ProviderSite {
  return {
    revision: 1,
    queues: site.queues,
    organisation: "",
    deviceBridges: Object.fromEntries(devices),
  };
}
