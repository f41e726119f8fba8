import { attribute, collection, integer, keyword, keywords } from "../../ipp/build.ts";
import type { IppAttribute, IppValue } from "../../ipp/message.ts";
import { capabilities } from "../ticket/capabilities.ts";
import type { MediaSize } from "../ticket/media-sizes.ts";
import type { QueueAbilities } from "../ticket/queue-abilities.ts";

const { margins } = capabilities;
/** Named for every size: the widest that devices in common use leave unprinted. */
const margin = Math.max(...margins);

/** Job template attributes about media: PWG 5100.7 §6.3 and §6.9, RFC 8011 §5.2.11. */
export function mediaAttributes(abilities: QueueAbilities): IppAttribute[] {
  const { sizes, readySizes, defaultSize, mediaSources, mediaTypes } = abilities;
  const names = (list: readonly MediaSize[]) => keywords(...list.map(({ name }) => name));
  const [source = capabilities.mediaSource] = mediaSources;
  const [type = capabilities.mediaType] = mediaTypes;
  const column = (size: MediaSize) => mediaCol(size, { source, type });
  const marginValues = margins.map(integer);
  return [
    attribute("media-default", keyword(defaultSize.name)),
    attribute("media-supported", ...names(sizes)),
    attribute("media-ready", ...names(readySizes)),
    attribute("media-col-default", column(defaultSize)),
    attribute("media-col-ready", ...readySizes.map(column)),
    attribute("media-col-database", ...sizes.map(column)),
    attribute(
      "media-col-supported",
      ...keywords(
        "media-bottom-margin",
        "media-left-margin",
        "media-right-margin",
        "media-size",
        "media-size-name",
        "media-source",
        "media-top-margin",
        "media-type",
      ),
    ),
    attribute("media-size-supported", ...sizes.map(sizeOf)),
    attribute("media-bottom-margin-supported", ...marginValues),
    attribute("media-left-margin-supported", ...marginValues),
    attribute("media-right-margin-supported", ...marginValues),
    attribute("media-top-margin-supported", ...marginValues),
    attribute("media-source-supported", ...keywords(...mediaSources)),
    attribute("media-type-supported", ...keywords(...mediaTypes)),
  ];
}

/** One medium as a `media-col`, in a tray and of a type. */
function mediaCol(size: MediaSize, { source, type }: { source: string; type: string }): IppValue {
  return collection([
    attribute("media-size", sizeOf(size)),
    attribute("media-size-name", keyword(size.name)),
    attribute("media-bottom-margin", integer(margin)),
    attribute("media-left-margin", integer(margin)),
    attribute("media-right-margin", integer(margin)),
    attribute("media-top-margin", integer(margin)),
    attribute("media-source", keyword(source)),
    attribute("media-type", keyword(type)),
  ]);
}

function sizeOf({ width, height }: MediaSize): IppValue {
  return collection([
    attribute("x-dimension", integer(width)),
    attribute("y-dimension", integer(height)),
  ]);
}
