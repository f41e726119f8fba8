import {
  attribute,
  collection,
  integer,
  keyword,
  name,
  operationGroup,
  uri,
} from "../../ipp/build.ts";
import type { IppAttribute, IppMessage } from "../../ipp/message.ts";
import { groupTag } from "../../ipp/tags.ts";

export interface Asked {
  readonly user: string;
  readonly version?: readonly [number, number];
  readonly scheme?: string;
  readonly more?: readonly IppAttribute[];
  readonly job?: readonly IppAttribute[];
}

let requestId = 0;
/** A request to the queue `find-me` of a provider on this port, as a client writes it. */
export function requestOf(port: number, code: number, asked: Asked): IppMessage {
  const { user, version = [2, 0], scheme = "ipp", more = [], job = [] } = asked;
  requestId += 1;
  const target = `${scheme}://localhost:${port}/printers/find-me`;
  return {
    version: { major: version[0], minor: version[1] },
    code,
    requestId,
    groups: [
      operationGroup([
        attribute("printer-uri", uri(target)),
        attribute("requesting-user-name", name(user)),
        ...more,
      ]),
      ...(job.length === 0 ? [] : [{ tag: groupTag.job, attributes: job }]),
    ],
  };
}

/** Plain A4 from any tray, as clients ask for it. */
export const a4 = attribute(
  "media-col",
  collection([
    attribute(
      "media-size",
      collection([
        attribute("x-dimension", integer(21_000)),
        attribute("y-dimension", integer(29_700)),
      ]),
    ),
    attribute("media-source", keyword("auto")),
    attribute("media-type", keyword("stationery")),
  ]),
);
