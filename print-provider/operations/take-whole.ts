import type { Queue } from "../../protocol/site.ts";
import type { Requester } from "../identity/requester.ts";
import type { Upload } from "../intake/receive-document.ts";
import { addJob } from "../jobs/take-in.ts";
import type { ProviderContext } from "../provider-context.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { expiryOf, newJobId } from "../unclaimed/admit-stranger.ts";
import type { Answer } from "./call.ts";
import { documentTaken, takeDocument } from "./take-document.ts";

/** A job whose document comes with it. */
export interface WholeJob extends Omit<Upload, "jobId"> {
  readonly queue: Queue;
  readonly requester: Requester;
  readonly owner: string;
  readonly title: string;
  readonly ticket: Ticket;
  readonly onHold: boolean;
}

export type TakenWhole =
  | { readonly kind: "job"; readonly id: string; readonly number: number }
  | { readonly kind: "nothing" }
  | { readonly kind: "busy"; readonly answer: Answer };

/**
 * Takes a job in with its document. The job exists once that is whole and on the disk; an upload that
 * breaks off leaves nothing. Throws what `takeDocument` throws.
 */
export async function takeWhole(context: ProviderContext, job: WholeJob): Promise<TakenWhole> {
  const { queue, requester, source, compression, declared } = job;
  const id = newJobId(context, requester);
  const taken = await takeDocument(context, {
    jobId: id,
    requester,
    source,
    compression,
    declared,
  });
  if (taken.kind !== "taken") return taken;
  try {
    const now = context.now();
    const { owner, title, ticket, onHold } = job;
    const stored = {
      id,
      queue: queue.name,
      owner,
      title,
      ticket,
      onHold,
      now,
      expiresAt: expiryOf(context, { queue, requester, now }),
      ...(requester.kind === "nobody" ? { stranger: requester } : {}),
      document: taken.document,
    };
    const number = await context.batch.run(() => addJob(context.db, stored));
    documentTaken(context, { id, number, queue: queue.name, bytes: taken.document.bytes });
    return { kind: "job", id, number };
  } catch (error) {
    context.removeFile(id);
    throw error;
  } finally {
    taken.leave();
  }
}
