import { attribute, collection, integer, keyword, keywords } from "../../ipp/build.ts";
import type { IppAttribute, IppValue } from "../../ipp/message.ts";
import { capabilities } from "../ticket/capabilities.ts";
import { defaultMedia, type MediaSize, mediaSizes } from "../ticket/media-sizes.ts";

const { margins, mediaSource, mediaType } = capabilities;
/** Named for every size: the widest that devices in common use leave unprinted. */
const margin = Math.max(...margins);

/** Job template attributes about media: PWG 5100.7 §6.3 and §6.9, RFC 8011 §5.2.11. */
export function mediaAttributes(): IppAttribute[] {
  const names = keywords(...mediaSizes.map(({ name }) => name));
  const columns = mediaSizes.map(mediaCol);
  const initial = mediaSizes.find(({ name }) => name === defaultMedia);
  if (initial === undefined) throw new Error("The default medium is not in the list.");
  const marginValues = margins.map(integer);
  return [
    attribute("media-default", keyword(defaultMedia)),
    attribute("media-supported", ...names),
    attribute("media-ready", ...names),
    attribute("media-col-default", mediaCol(initial)),
    attribute("media-col-ready", ...columns),
    attribute("media-col-database", ...columns),
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
    attribute("media-size-supported", ...mediaSizes.map(sizeOf)),
    attribute("media-bottom-margin-supported", ...marginValues),
    attribute("media-left-margin-supported", ...marginValues),
    attribute("media-right-margin-supported", ...marginValues),
    attribute("media-top-margin-supported", ...marginValues),
    attribute("media-source-supported", keyword(mediaSource)),
    attribute("media-type-supported", keyword(mediaType)),
  ];
}

/** One medium as a `media-col`. */
export function mediaCol(size: MediaSize): IppValue {
  return collection([
    attribute("media-size", sizeOf(size)),
    attribute("media-size-name", keyword(size.name)),
    attribute("media-bottom-margin", integer(margin)),
    attribute("media-left-margin", integer(margin)),
    attribute("media-right-margin", integer(margin)),
    attribute("media-top-margin", integer(margin)),
    attribute("media-source", keyword(mediaSource)),
    attribute("media-type", keyword(mediaType)),
  ]);
}

function sizeOf({ width, height }: MediaSize): IppValue {
  return collection([
    attribute("x-dimension", integer(width)),
    attribute("y-dimension", integer(height)),
  ]);
}
