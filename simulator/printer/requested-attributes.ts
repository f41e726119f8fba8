import type { IppAttribute, IppMessage } from "../../ipp/message.ts";
import { groupOf, stringsOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";

const templates = [
  "copies",
  "finishings",
  "media",
  "media-col",
  "multiple-document-handling",
  "orientation-requested",
  "output-bin",
  "page-ranges",
  "print-color-mode",
  "print-content-optimize",
  "print-quality",
  "print-rendering-intent",
  "print-scaling",
  "printer-resolution",
  "sides",
];

const templateNames = new Set(
  templates.flatMap((name) => ["", "-default", "-supported", "-ready"].map((end) => name + end)),
);

/**
 * Those of `attributes` that the request asks for, or the standard's choice when it asks for none
 * (RFC 8011 §4.2.5.1). `media-col-database` is long, and given only to who names it (PWG 5100.11).
 */
export function requested(options: {
  readonly request: IppMessage;
  readonly attributes: readonly IppAttribute[];
  /** The group keyword that stands for those that are no job template. */
  readonly description: "printer-description" | "job-description";
  readonly byDefault: readonly string[];
}): IppAttribute[] {
  const { request, attributes, description, byDefault } = options;
  const asked = stringsOf(groupOf(request, groupTag.operation), "requested-attributes");
  const names = new Set(asked.length === 0 ? byDefault : asked);
  return attributes.filter(({ name }) => {
    if (names.has(name)) return true;
    if (name === "media-col-database") return false;
    return names.has("all") || names.has(templateNames.has(name) ? "job-template" : description);
  });
}
