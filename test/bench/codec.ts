import { createRequire } from "node:module";
import {
  attribute,
  boolean,
  collection,
  enumeration,
  integer,
  keywords,
  mimeMediaType,
  name,
  operationGroup,
  range,
  text,
  uri,
} from "../../ipp/build.ts";
import { decode } from "../../ipp/decode.ts";
import { encode } from "../../ipp/encode.ts";
import type { IppMessage } from "../../ipp/message.ts";
import { groupTag } from "../../ipp/tags.ts";
import type { Part } from "./measure.ts";
import { median, spread } from "./statistics.ts";

const BYTES = 12_000;

/** A codec that we did not write. */
const other: {
  parse(bytes: Buffer): Record<string, unknown>;
  serialize(message: Record<string, unknown>): Buffer;
} = createRequire(import.meta.url)("ipp");

/** Reading and writing the attributes of a printer: what every session with a device starts with. */
export const codec: Part = {
  title: "IPP messages a second, the 12 kB answer of a printer",
  run: async () => {
    const bytes = encode(printerAnswer(BYTES));
    const buffer = Buffer.from(bytes);
    // The other codec cannot write again what it read of collections, so both write a message without.
    const flat = printerAnswer(BYTES, { collections: false });
    const plain = other.parse(Buffer.from(encode(flat)));
    const rates = await sideBySide({
      decode: () => decode(bytes),
      "decode of the other": () => other.parse(buffer),
      encode: () => encode(flat),
      "encode of the other": () => other.serialize(plain),
    });
    return (["decode", "encode"] as const).map((what) => ({
      what: `${what} ${what === "decode" ? "12 kB with collections" : "12 kB without"}`,
      value: median(rates[what]),
      unit: "messages/s",
      peer: { name: "ipp 2", value: median(rates[`${what} of the other`]) },
      note: spread(rates[what]),
    }));
  },
};

/** Rounds of a tenth of a second each, in turn, so that a busy machine is busy for all of them. */
async function sideBySide<Name extends string>(
  works: Record<Name, () => unknown>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[];
  const rates = Object.fromEntries(names.map((it) => [it, [] as number[]])) as Record<
    Name,
    number[]
  >;
  for (let round = 0; round < 9; round += 1)
    for (const it of names) {
      const from = performance.now();
      let done = 0;
      while (performance.now() - from < 100) {
        for (let i = 0; i < 20; i += 1) works[it]();
        done += 20;
      }
      // The first rounds are those in which the engine still learns.
      if (round > 1) rates[it].push((done * 1000) / (performance.now() - from));
      await new Promise((resolve) => setImmediate(resolve));
    }
  return rates;
}

/** An answer of about `size` bytes with the mix of syntaxes that real printers send. */
function printerAnswer(size: number, { collections = true } = {}): IppMessage {
  const media = (index: number) =>
    collection([
      attribute(
        "media-size",
        collection([
          attribute("x-dimension", integer(10_000 + index)),
          attribute("y-dimension", integer(20_000 + index)),
        ]),
      ),
      ...["top", "bottom", "left", "right"].map((side) =>
        attribute(`media-${side}-margin`, integer(423)),
      ),
      attribute("media-source", ...keywords(`tray-${(index % 4) + 1}`)),
      attribute("media-type", ...keywords("stationery")),
    ]);
  const of = (sizes: number): IppMessage => ({
    version: { major: 2, minor: 0 },
    code: 0,
    requestId: 1,
    groups: [
      operationGroup([]),
      {
        tag: groupTag.printer,
        attributes: [
          attribute("printer-name", name("Étage 2")),
          attribute("printer-info", text("A copier in a corridor")),
          attribute("printer-uri-supported", uri("ipp://copier.example.org/ipp/print")),
          attribute("printer-state", enumeration(3)),
          attribute("printer-is-accepting-jobs", boolean(true)),
          attribute("copies-supported", range(1, 999)),
          attribute(
            "operations-supported",
            ...Array.from({ length: 40 }, (_, i) => enumeration(i + 2)),
          ),
          attribute(
            "document-format-supported",
            mimeMediaType("application/pdf"),
            mimeMediaType("image/pwg-raster"),
          ),
          attribute(
            "media-supported",
            ...keywords(
              ...Array.from({ length: sizes }, (_, i) => `iso_size-${i}_${200 + i}x${300 + i}mm`),
            ),
          ),
          ...(collections
            ? [
                attribute(
                  "media-col-database",
                  ...Array.from({ length: sizes }, (_, i) => media(i)),
                ),
              ]
            : []),
        ],
      },
    ],
  });
  let sizes = 1;
  while (encode(of(sizes)).length < size) sizes += 1;
  return of(sizes);
}
