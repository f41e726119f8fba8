import { attribute, collection, enumeration, integer, keyword } from "./build.ts";
import { mediaDimensions } from "./media-name.ts";
import type { IppAttribute } from "./message.ts";

/** How paper is to be handled; what is left out is as it usually is. */
export interface HandlingWishes {
  readonly finishings?: readonly number[];
  readonly mediaSource?: string;
  readonly mediaType?: string;
  readonly outputBin?: string;
  readonly printQuality?: number;
  readonly orientation?: number;
  readonly printScaling?: string;
  readonly jobSheets?: string;
}

/**
 * Job template attributes for a handling and a medium (its PWG 5101.1 name), RFC 8011 §5.2 and PWG
 * 5100.7 §6.3. `media` and `media-col` exclude each other: the collection is sent only where a tray
 * or a type was asked for, since some devices know no collections.
 */
export function handlingAttributes(
  handling: HandlingWishes,
  media: string | undefined,
): IppAttribute[] {
  const { finishings, outputBin, printQuality, orientation, printScaling } = handling;
  const attributes = mediaAttributes(handling, media);
  if (finishings !== undefined && finishings.length > 0)
    attributes.push(attribute("finishings", ...finishings.map(enumeration)));
  if (outputBin !== undefined) attributes.push(attribute("output-bin", keyword(outputBin)));
  if (printQuality !== undefined)
    attributes.push(attribute("print-quality", enumeration(printQuality)));
  if (orientation !== undefined)
    attributes.push(attribute("orientation-requested", enumeration(orientation)));
  if (printScaling !== undefined)
    attributes.push(attribute("print-scaling", keyword(printScaling)));
  if (handling.jobSheets !== undefined)
    attributes.push(attribute("job-sheets", keyword(handling.jobSheets)));
  return attributes;
}

function mediaAttributes(
  { mediaSource, mediaType }: HandlingWishes,
  media: string | undefined,
): IppAttribute[] {
  if (mediaSource === undefined && mediaType === undefined)
    return media === undefined ? [] : [attribute("media", keyword(media))];
  const size = media === undefined ? undefined : mediaDimensions(media);
  const members: IppAttribute[] = [];
  if (size !== undefined)
    members.push(
      attribute(
        "media-size",
        collection([
          attribute("x-dimension", integer(size.width)),
          attribute("y-dimension", integer(size.height)),
        ]),
      ),
    );
  if (mediaSource !== undefined) members.push(attribute("media-source", keyword(mediaSource)));
  if (mediaType !== undefined) members.push(attribute("media-type", keyword(mediaType)));
  return [attribute("media-col", collection(members))];
}
