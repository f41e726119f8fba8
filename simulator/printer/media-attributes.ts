import * as ipp from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { loadedMedia, type Medium } from "./media.ts";

/** The paper that the device has, PWG 5100.7 §6.3. */
export function mediaAttributes(): IppAttribute[] {
  const names = ipp.keywords(...loadedMedia.map(({ keyword }) => keyword));
  const columns = loadedMedia.map((medium) => ipp.collection(mediaColumn(medium)));
  const margin = (side: string) =>
    ipp.attribute(`media-${side}-margin-supported`, ipp.integer(423));
  const [first] = loadedMedia;
  if (first === undefined) throw new Error("The cassette must be made for at least one medium.");
  return [
    ipp.attribute("media-default", ipp.keyword(first.keyword)),
    ipp.attribute("media-supported", ...names),
    ipp.attribute("media-ready", ...names),
    ipp.attribute("media-col-default", ipp.collection(mediaColumn(first))),
    ipp.attribute("media-col-ready", ...columns),
    ipp.attribute("media-col-database", ...columns),
    ipp.attribute(
      "media-col-supported",
      ...ipp.keywords("media-size", "media-type", "media-source", ...marginNames),
    ),
    ipp.attribute("media-size-supported", ...loadedMedia.map((m) => ipp.collection(size(m)))),
    ...["bottom", "left", "right", "top"].map(margin),
  ];
}

const marginNames = ["bottom", "left", "right", "top"].map((side) => `media-${side}-margin`);

function mediaColumn(medium: Medium): IppAttribute[] {
  return [
    ipp.attribute("media-size", ipp.collection(size(medium))),
    ...marginNames.map((name) => ipp.attribute(name, ipp.integer(423))),
    ipp.attribute("media-source", ipp.keyword("main")),
    ipp.attribute("media-type", ipp.keyword("stationery")),
  ];
}

function size({ width, height }: Medium): IppAttribute[] {
  return [
    ipp.attribute("x-dimension", ipp.integer(width)),
    ipp.attribute("y-dimension", ipp.integer(height)),
  ];
}
