import type { IppAttribute } from "../../ipp/message.ts";
import { collectionOf, integerOf, stringOf } from "../../ipp/read.ts";
import type { Handling } from "../../protocol/handling.ts";
import { capabilities } from "./capabilities.ts";
import { mediaNameOf } from "./media-sizes.ts";
import type { QueueAbilities } from "./queue-abilities.ts";

const marginMembers: ReadonlySet<string> = new Set([
  "media-bottom-margin",
  "media-left-margin",
  "media-right-margin",
  "media-top-margin",
]);

/** What a `media-col` asks for: a medium by its name, a tray and a type where they are not the usual. */
export interface MediaColReading {
  readonly media?: string;
  readonly handling: Pick<Handling, "mediaSource" | "mediaType">;
}

/**
 * Reads a `media-col` (PWG 5100.7 §6.3). Undefined when a member asks for something that cannot be
 * had, so that it is answered as unsupported.
 */
export function readMediaCol(
  members: readonly IppAttribute[],
  abilities: QueueAbilities,
): MediaColReading | undefined {
  let reading: MediaColReading = { handling: {} };
  for (const { name } of members) {
    const next = readMember(reading, { members, name, abilities });
    if (next === undefined) return undefined;
    reading = next;
  }
  return reading;
}

function readMember(
  reading: MediaColReading,
  member: { members: readonly IppAttribute[]; name: string; abilities: QueueAbilities },
): MediaColReading | undefined {
  const { members, name, abilities } = member;
  switch (name) {
    case "media-size":
    case "media-size-name": {
      const media = sizeOf(member);
      const contradicts = reading.media !== undefined && reading.media !== media;
      return media === undefined || contradicts ? undefined : { ...reading, media };
    }
    case "media-source": {
      const source = oneOf(stringOf(members, name), abilities.mediaSources);
      if (source === undefined) return undefined;
      return source === abilities.mediaSources[0]
        ? reading
        : { ...reading, handling: { ...reading.handling, mediaSource: source } };
    }
    case "media-type": {
      const type = oneOf(stringOf(members, name), abilities.mediaTypes);
      if (type === undefined) return undefined;
      return type === abilities.mediaTypes[0]
        ? reading
        : { ...reading, handling: { ...reading.handling, mediaType: type } };
    }
    default: {
      if (!marginMembers.has(name)) return undefined;
      const margin = integerOf(members, name);
      return capabilities.margins.some((usual) => usual === margin) ? reading : undefined;
    }
  }
}

function sizeOf(member: {
  members: readonly IppAttribute[];
  name: string;
  abilities: QueueAbilities;
}): string | undefined {
  const { members, name, abilities } = member;
  if (name === "media-size-name")
    return oneOf(
      stringOf(members, name),
      abilities.sizes.map((size) => size.name),
    );
  const size = collectionOf(members, name);
  const width = integerOf(size, "x-dimension");
  const height = integerOf(size, "y-dimension");
  return width === undefined || height === undefined
    ? undefined
    : mediaNameOf(abilities.sizes, { width, height });
}

function oneOf(given: string | undefined, known: readonly string[]): string | undefined {
  return known.find((value) => value === given);
}
