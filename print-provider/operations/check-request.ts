import type { IppGroup, IppMessage } from "../../ipp/message.ts";
import { operation, operationName } from "../../ipp/operations.ts";
import { integerOf, stringOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import { pathOfUri, readPath, type Target } from "../printer/printer-uris.ts";
import { type Answer, refused } from "./call.ts";

export type CheckedRequest =
  | {
      readonly kind: "fit";
      readonly operation: IppGroup;
      readonly target: Target;
      readonly jobNumber: number | undefined;
    }
  | { readonly kind: "unfit"; readonly answer: Answer };

const charsets: ReadonlySet<string> = new Set(["utf-8", "us-ascii"]);

/** Operations about one job, which may name it by `job-uri` alone: RFC 8011 §4.1.5. */
const jobOperations: ReadonlySet<number> = new Set([
  operation.sendDocument,
  operation.cancelJob,
  operation.getJobAttributes,
  operation.holdJob,
  operation.releaseJob,
  operation.closeJob,
]);

/** The checks that every operation makes before its own: RFC 8011 §4.1. */
export function checkRequest(
  message: IppMessage,
  isKnown: (operation: number) => boolean,
): CheckedRequest {
  const { major, minor } = message.version;
  if (major !== 1 && major !== 2)
    return unfit(
      "server-error-version-not-supported",
      `IPP ${major}.${minor} is not spoken here. Set the client to IPP 2.0 or 1.1.`,
    );
  if (message.requestId < 1)
    return unfit("client-error-bad-request", "The request has no number of its own.");
  const group = message.groups[0];
  if (group?.tag !== groupTag.operation)
    return unfit("client-error-bad-request", "The request does not begin with its operation.");
  const [charset, language] = group.attributes;
  if (charset?.name !== "attributes-charset" || charset.values[0]?.kind !== "charset")
    return unfit("client-error-bad-request", "The request does not begin with its charset.");
  if (
    language?.name !== "attributes-natural-language" ||
    language.values[0]?.kind !== "naturalLanguage"
  )
    return unfit("client-error-bad-request", "The request does not say its language second.");
  if (!charsets.has(charset.values[0].value.toLowerCase()))
    return unfit("client-error-charset-not-supported", "Only UTF-8 is understood here.");
  if (!isKnown(message.code))
    return unfit(
      "server-error-operation-not-supported",
      `This queue cannot do ${operationName(message.code) ?? `operation ${message.code}`}.`,
    );
  return checkTarget(message.code, group);
}

function checkTarget(code: number, group: IppGroup): CheckedRequest {
  const printer = stringOf(group, "printer-uri");
  const job = jobOperations.has(code) ? stringOf(group, "job-uri") : undefined;
  const uri = printer ?? job;
  if (uri === undefined)
    return unfit("client-error-bad-request", "The request does not say which printer it means.");
  const path = pathOfUri(uri);
  const target = path === undefined ? undefined : readPath(path);
  if (target === undefined)
    return unfit("client-error-not-found", "There is no printer at this address.");
  const inPath = target.kind === "queue" ? target.jobNumber : undefined;
  const jobNumber = printer === undefined ? inPath : (integerOf(group, "job-id") ?? inPath);
  return { kind: "fit", operation: group, target, jobNumber };
}

function unfit(...[status, sentence]: Parameters<typeof refused>): CheckedRequest {
  return { kind: "unfit", answer: refused(status, sentence) };
}
