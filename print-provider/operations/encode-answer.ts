import { attribute, group, operationGroup, text } from "../../ipp/build.ts";
import { encode } from "../../ipp/encode.ts";
import type { IppMessage, IppVersion } from "../../ipp/message.ts";
import { status } from "../../ipp/status.ts";
import { endOfAttributesTag, groupTag } from "../../ipp/tags.ts";
import type { Answer } from "./call.ts";

/** What of a request its answer repeats. */
export type Asked = Pick<IppMessage, "version" | "requestId">;

/** The bytes of an answer: RFC 8010 §3.1, with the groups in the order of RFC 8011 §4.1.2. */
export function encodeAnswer(asked: Asked, answer: Answer): Uint8Array {
  const message = answer.sentence === undefined ? [] : [statusMessage(answer.sentence)];
  const { unsupported = [], groups = [], encoded = [] } = answer;
  const bytes = encode({
    version: answeredIn(asked.version),
    code: status[answer.status],
    requestId: asked.requestId,
    groups: [
      operationGroup(message),
      // Clients choke on empty groups.
      ...(unsupported.length === 0 ? [] : [group(groupTag.unsupported, unsupported)]),
      ...groups,
    ],
  });
  if (encoded.length === 0) return bytes;
  const end = Uint8Array.of(endOfAttributesTag);
  return Buffer.concat([bytes.subarray(0, bytes.length - end.length), ...encoded, end]);
}

/** The client's own version where it is one that we speak, else the nearest one: RFC 8011 §4.1.8. */
function answeredIn({ major, minor }: IppVersion): IppVersion {
  if (major === 1) return { major, minor: Math.min(minor, 1) };
  return major === 2
    ? { major, minor: Math.min(minor, 2) }
    : { major: major > 2 ? 2 : 1, minor: 1 };
}

/** At most 255 bytes: RFC 8011 §4.1.6.2. */
function statusMessage(sentence: string) {
  let short = sentence;
  while (Buffer.byteLength(short) > 255) short = [...short].slice(0, -1).join("");
  return attribute("status-message", text(short));
}
