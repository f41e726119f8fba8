import type { IppAttribute } from "../../ipp/message.ts";
import { collectionOf, integerOf, stringOf } from "../../ipp/read.ts";
import { capabilities } from "./capabilities.ts";
import { isMediaName, mediaNameOf } from "./media-sizes.ts";

const marginMembers: ReadonlySet<string> = new Set([
  "media-bottom-margin",
  "media-left-margin",
  "media-right-margin",
  "media-top-margin",
]);

/**
 * The medium that a `media-col` asks for (PWG 5100.7 §6.3), by its name; it may name none. Undefined
 * when a member asks for something that cannot be promised, so that it is answered as unsupported.
 */
export function readMediaCol(members: readonly IppAttribute[]): { media?: string } | undefined {
  let media: string | undefined;
  for (const member of members) {
    if (member.name === "media-size" || member.name === "media-size-name") {
      const named = sizeOf(members, member.name);
      if (named === undefined || (media !== undefined && media !== named)) return undefined;
      media = named;
    } else if (!isKept(members, member.name)) return undefined;
  }
  return media === undefined ? {} : { media };
}

function sizeOf(members: readonly IppAttribute[], name: string): string | undefined {
  if (name === "media-size-name") {
    const given = stringOf(members, name);
    return given !== undefined && isMediaName(given) ? given : undefined;
  }
  const size = collectionOf(members, name);
  const width = integerOf(size, "x-dimension");
  const height = integerOf(size, "y-dimension");
  return width === undefined || height === undefined ? undefined : mediaNameOf({ width, height });
}

function isKept(members: readonly IppAttribute[], name: string): boolean {
  if (name === "media-source") return stringOf(members, name) === capabilities.mediaSource;
  if (name === "media-type") return stringOf(members, name) === capabilities.mediaType;
  if (!marginMembers.has(name)) return false;
  const margin = integerOf(members, name);
  return capabilities.margins.some((known) => known === margin);
}
