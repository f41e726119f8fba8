import type { IppAttribute, IppGroup } from "../../ipp/message.ts";
import { booleanOf, groupOf, integerOf, stringOf, stringsOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import type { Requester } from "../identity/requester.ts";
import { countJobsOfOwner } from "../jobs/find-jobs.ts";
import type { ProviderContext } from "../provider-context.ts";
import { jobTemplateAttributes } from "../ticket/capabilities.ts";
import { abilitiesOf } from "../ticket/queue-abilities.ts";
import { readTicket } from "../ticket/read-ticket.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { whyNoMoreOf } from "../unclaimed/admit-stranger.ts";
import { type Answer, type Call, refused } from "./call.ts";
import { checkDocumentRequest, type DocumentRequest } from "./document-request.ts";

/** A job that may be made: what Print-Job, Create-Job and Validate-Job have in common. */
export interface JobRequest extends DocumentRequest {
  readonly kind: "fit";
  readonly owner: string;
  readonly ownerKey: string;
  readonly title: string;
  readonly ticket: Ticket;
  readonly onHold: boolean;
  /** What the answer must name as left out: RFC 8011 §4.1.7. */
  readonly unsupported: readonly IppAttribute[];
}

export type CheckedJobRequest = JobRequest | { readonly kind: "unfit"; readonly answer: Answer };

const templateNames: ReadonlySet<string> = new Set(jobTemplateAttributes);

const operationAttributes: ReadonlySet<string> = new Set([
  "attributes-charset",
  "attributes-natural-language",
  "printer-uri",
  "requesting-user-name",
  "job-name",
  "document-name",
  "document-format",
  "document-natural-language",
  "document-charset",
  "compression",
  "ipp-attribute-fidelity",
  "job-mandatory-attributes",
  "job-k-octets",
  "job-impressions",
  "job-media-sheets",
  "last-document",
  "job-id",
]);

/** Decides from its attributes alone whether a job can be taken: RFC 8011 §4.2.1 and §4.2.3. */
export function checkJobRequest(context: ProviderContext, call: Call): CheckedJobRequest {
  const { operation } = call;
  const document = checkDocumentRequest(operation, {
    postScript: context.postScript !== undefined,
  });
  if (document.kind === "unfit") return document;
  const kilobytes = integerOf(operation, "job-k-octets") ?? 0;
  if (kilobytes > context.limits.documentBytesMost / 1024)
    return unfit(refused("client-error-request-entity-too-large", "The document is too large."));

  const abilities = abilitiesOf(context.site(), call.queue.name);
  const { ticket, onHold, unsupported } = readTicket(ticketAttributes(call), abilities);
  const left = [...unknownOperationAttributes(operation.attributes), ...unsupported];
  // Ranges that go back or overlap: RFC 8011 §5.2.7.
  if (abilities.pageRanges && unsupported.some(({ name }) => name === "page-ranges"))
    return unfit({
      status: "client-error-bad-request",
      sentence: "The chosen pages must go forward, apart from each other, in 100 ranges at most.",
      unsupported: left,
    });
  if (left.length > 0 && isBound(call, left))
    return unfit({
      status: "client-error-attributes-or-values-not-supported",
      sentence: `The job asks for what cannot be done here: ${left.map(({ name }) => name).join(", ")}.`,
      unsupported: left,
    });
  const { requester } = call;
  const { ownerKey: key } = requester;
  const whyNot = whyNoMore(context, requester);
  if (whyNot !== undefined) return unfit(refused("server-error-too-many-jobs", whyNot));
  const title = titleOf(stringOf(operation, "job-name") ?? stringOf(operation, "document-name"));
  return {
    ...document,
    owner: requester.kind === "known" ? requester.owner : "anonymous",
    ownerKey: key,
    title,
    ticket,
    onHold: onHold && call.queue.kind === "direct",
    unsupported: left,
  };
}

/** Why nobody may have one more job of theirs wait, in a sentence; undefined where they may. */
export function whyNoMore(context: ProviderContext, requester: Requester): string | undefined {
  if (requester.kind === "nobody") return whyNoMoreOf(context, requester);
  const { ownerKey: key } = requester;
  const waiting = countJobsOfOwner(context.db, key) + context.uploads.countOf(key);
  return waiting < context.limits.jobsPerOwnerMost
    ? undefined
    : `${waiting} jobs of yours wait already. Print or delete some of them first.`;
}

/** Some clients put job template attributes beside those of the operation; they mean the same. */
function ticketAttributes({ message, operation }: Call): IppGroup {
  const misplaced = operation.attributes.filter(({ name }) => templateNames.has(name));
  const placed = groupOf(message, groupTag.job)?.attributes ?? [];
  return { tag: groupTag.job, attributes: [...placed, ...misplaced] };
}

/** The client rather has no job than one without these: RFC 8011 §4.2.1.1, PWG 5100.7 §3.1.2. */
function isBound(call: Call, left: readonly IppAttribute[]): boolean {
  if (booleanOf(call.operation, "ipp-attribute-fidelity") === true) return true;
  // Without them far more paper would come out than was asked for.
  if (left.some(({ name }) => name === "page-ranges" || name === "number-up")) return true;
  const mandatory = new Set(stringsOf(call.operation, "job-mandatory-attributes"));
  return left.some(({ name }) => mandatory.has(name));
}

function unknownOperationAttributes(attributes: readonly IppAttribute[]): IppAttribute[] {
  return attributes
    .filter(({ name }) => !operationAttributes.has(name) && !templateNames.has(name))
    .slice(0, 100)
    .map(({ name }) => ({ name, values: [{ kind: "unsupported" }] }));
}

/** Control characters, and those that turn the direction of what follows (Unicode UAX #9). */
const steering = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

export function titleOf(name: string | undefined): string {
  const title = (name ?? "").replace(steering, " ").trim();
  return title === "" ? "Untitled" : [...title].slice(0, 255).join("");
}

function unfit(answer: Answer): CheckedJobRequest {
  return { kind: "unfit", answer };
}
