import { attribute, integer, keyword } from "../../ipp/build.ts";
import { groupTag } from "../../ipp/tags.ts";
import type { Queue } from "../../protocol/site.ts";
import { StorageError } from "../../storage/storage-error.ts";
import type { Requester } from "../identity/requester.ts";
import { UploadBroken, UploadRefused } from "../intake/upload-trouble.ts";
import { ownerKey } from "../jobs/owner-name.ts";
import { titleOf, whyNoMore } from "../operations/job-request.ts";
import { takeWhole } from "../operations/take-whole.ts";
import type { ProviderContext } from "../provider-context.ts";
import { abilitiesOf } from "../ticket/queue-abilities.ts";
import { readTicket } from "../ticket/read-ticket.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Problem } from "./page.ts";
import { FormBroken, type FormPart, readParts, textOf } from "./read-parts.ts";
import { isOwnForm, type WebSession } from "./web-sessions.ts";

export type TakenForm =
  | { readonly kind: "job"; readonly id: string }
  | { readonly kind: "problem"; readonly status: number; readonly problem: Problem };

/** More than the fields around a document ever are. */
const aroundBytesMost = 64 * 1024;
const fieldBytesMost = 128;

/**
 * Takes the document of a form in, as a job of whoever signed in. Fields come before the document, as
 * they stand in the page. Never throws for what a person or a browser can have done.
 */
export async function takeForm(
  context: ProviderContext,
  form: {
    readonly queue: Queue;
    readonly session: WebSession;
    readonly source: AsyncIterable<Uint8Array>;
    readonly boundary: string | undefined;
    /** `Content-Length`. */
    readonly announcedBytes: number | undefined;
  },
): Promise<TakenForm> {
  const { session, boundary, announcedBytes = 0 } = form;
  const requester = {
    kind: "known",
    owner: session.login,
    ownerKey: ownerKey(session.login),
    way: "basic",
  } as const;
  if (boundary === undefined) return problem(400, { kind: "not-a-form" });
  if (context.notAccepting() !== undefined) return refused(503, "no-room");
  if (whyNoMore(context, requester) !== undefined) return problem(429, { kind: "too-many" });
  if (announcedBytes > context.limits.documentBytesMost + aroundBytesMost)
    return refused(413, "too-large");
  try {
    const fields = new Map<string, string>();
    for await (const part of readParts(form.source, boundary)) {
      if (part.name === "document")
        return await takeDocumentOf(context, { ...form, part, fields, requester });
      fields.set(part.name, await textOf(part, fieldBytesMost));
    }
    return problem(400, { kind: "no-file" });
  } catch (error) {
    if (error instanceof UploadRefused) return refused(422, error.because);
    if (error instanceof UploadBroken || error instanceof FormBroken)
      return refused(400, "not-arrived");
    if (error instanceof StorageError && error.trouble === "full") return refused(507, "no-room");
    throw error;
  }
}

async function takeDocumentOf(
  context: ProviderContext,
  asked: {
    queue: Queue;
    session: WebSession;
    part: FormPart;
    fields: ReadonlyMap<string, string>;
    requester: Extract<Requester, { kind: "known" }>;
  },
): Promise<TakenForm> {
  const { queue, session, part, fields, requester } = asked;
  if (!isOwnForm(session, fields.get("form"))) return problem(403, { kind: "not-a-form" });
  if (part.fileName === undefined || part.fileName === "") return problem(400, { kind: "no-file" });
  const ticket = ticketOf(context, queue, fields);
  if (ticket === undefined) return problem(422, { kind: "options" });
  const taken = await takeWhole(context, {
    queue,
    requester,
    owner: requester.owner,
    title: titleOf(part.fileName.slice(0, 1_000).replace(/^.*[/\\]/, "")),
    ticket,
    onHold: false,
    source: part.body,
    compression: "none",
    declared: undefined,
  });
  switch (taken.kind) {
    case "job":
      return taken;
    case "nothing":
      return problem(400, { kind: "no-file" });
    case "busy":
      return problem(503, { kind: "busy" });
  }
}

/** What was chosen in the form, by the same rules as of print clients; undefined where it cannot be. */
function ticketOf(
  context: ProviderContext,
  queue: Queue,
  fields: ReadonlyMap<string, string>,
): Ticket | undefined {
  const copies = fields.get("copies") ?? "1";
  if (!/^[0-9]{1,3}$/.test(copies)) return undefined;
  const attributes = [
    attribute("copies", integer(Number(copies))),
    attribute("sides", keyword(fields.get("sides") ?? "one-sided")),
    attribute("print-color-mode", keyword(fields.get("colour") ?? "auto")),
  ];
  const group = { tag: groupTag.job, attributes };
  const { ticket, unsupported } = readTicket(group, abilitiesOf(context.site(), queue.name));
  return unsupported.length === 0 ? ticket : undefined;
}

function problem(status: number, what: Problem): TakenForm {
  return { kind: "problem", status, problem: what };
}

function refused(
  status: number,
  because: Extract<Problem, { kind: "refused" }>["because"],
): TakenForm {
  return problem(status, { kind: "refused", because });
}
