import { operationGroup, text } from "../../ipp/build.ts";
import type { IppAttribute, IppGroup, IppMessage } from "../../ipp/message.ts";
import { type StatusName, status as statusCode } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";

/** The answer to a request: its id and version are the request's (RFC 8011 §4.1.8, §4.1.2). */
export function answer(
  request: IppMessage,
  status: StatusName,
  {
    groups = [],
    message,
  }: { readonly groups?: readonly IppGroup[]; readonly message?: string } = {},
): IppMessage {
  const { major } = request.version;
  const known = major === 1 || major === 2;
  return {
    version: known ? request.version : { major: 2, minor: 0 },
    code: statusCode[status],
    requestId: request.requestId,
    groups: [
      operationGroup(
        message === undefined ? [] : [{ name: "status-message", values: [text(message)] }],
      ),
      ...groups,
    ],
  };
}

/** The group that lists what was not honoured, or none: empty groups upset some clients. */
export function unsupportedGroup(unsupported: readonly IppAttribute[]): IppGroup[] {
  if (unsupported.length === 0) return [];
  return [
    {
      tag: groupTag.unsupported,
      attributes: unsupported.map(({ name, values }) => ({ name, values })),
    },
  ];
}
