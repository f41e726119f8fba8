import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstExtra, makePdf, makeTextPdf } from "../../test/documents/make-pdf.ts";
import { updatePdf } from "../../test/documents/write-pdf.ts";
import { analysePdf } from "./analyse-pdf.ts";
import { startBudget } from "./budget.ts";
import { memorySource } from "./byte-source.ts";

/** Documents that use what the reader knows, small enough that a change hits something. */
const golden: Buffer[] = [
  makeTextPdf({ pages: 5, colourEvery: 2, kidsPerNode: 2 }),
  makeTextPdf({ pages: 5, colourEvery: 2, objectStreamOf: 4 }),
  makeTextPdf({ pages: 3, xref: "stream", deflate: true }),
  updatePdf(makeTextPdf({ pages: 3 }), new Map([[3, { text: "<< /Type /Font >>" }]])),
  makePdf({
    pages: [
      {
        content:
          "/S cs 0.5 scn 0 0 9 9 re f /P sh /F Do /I Do BI /W 2 /H 1 /BPC 8 /CS /RGB ID aaabbb EI",
        resources: `/ColorSpace << /S [/Separation /Slate /DeviceRGB ${firstExtra} 0 R] >> /Shading << /P << /ShadingType 2 /ColorSpace /DeviceGray >> >> /XObject << /F ${firstExtra + 1} 0 R /I ${firstExtra + 2} 0 R >>`,
        entries: `/Annots [<< /F 4 /Subtype /Stamp /AP << /N ${firstExtra + 1} 0 R >> >>]`,
      },
    ],
    extras: [
      {
        text: "/FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1]",
        stream: Buffer.from("{ dup dup 2 copy pop 3 1 roll pop }"),
      },
      { text: "/Subtype /Form /Resources << >>", stream: Buffer.from("0.5 g 0 0 9 9 re f") },
      {
        text: "/Subtype /Image /Width 4 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /Columns 4 >>",
        stream: deflateSync(Buffer.alloc(26, 3)),
      },
    ],
  }),
];

type Change =
  | { kind: "byte"; at: number; value: number }
  | { kind: "cut"; at: number; length: number }
  | { kind: "repeat"; at: number; length: number; to: number }
  | { kind: "number"; at: number; value: number };

/** Evenly anywhere; left to itself, chance would prefer the first bytes. */
const place = fc.noBias(fc.nat(999_999)).map((part) => part / 1_000_000);
const wild = fc.constantFrom(0, 1, 2, 5, -1, 255, 65_536, 2 ** 31, 2 ** 40, 1e15);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant("byte" as const), at: place, value: fc.nat(255) }),
  fc.record({ kind: fc.constant("cut" as const), at: place, length: fc.nat(200) }),
  fc.record({ kind: fc.constant("repeat" as const), at: place, length: fc.nat(300), to: place }),
  fc.record({ kind: fc.constant("number" as const), at: place, value: wild }),
);

function apply(pdf: Buffer, { at, ...what }: Change): Buffer {
  const from = Math.floor(at * pdf.length);
  switch (what.kind) {
    case "byte": {
      const changed = Buffer.from(pdf);
      changed[from] = what.value;
      return changed;
    }
    case "cut":
      return Buffer.concat([pdf.subarray(0, from), pdf.subarray(from + what.length)]);
    case "repeat": {
      const to = Math.floor(what.to * pdf.length);
      const piece = pdf.subarray(from, from + what.length);
      return Buffer.concat([pdf.subarray(0, to), piece, pdf.subarray(to)]);
    }
    case "number": {
      const text = pdf.toString("latin1");
      const found = /[0-9]+/.exec(text.slice(from));
      if (found === null) return pdf;
      const start = from + found.index;
      const rest = text.slice(start + found[0].length);
      return Buffer.from(`${text.slice(0, start)}${what.value}${rest}`, "latin1");
    }
  }
}

describe("a PDF that was damaged anywhere", () => {
  it("is counted or refused, and always in the end", async () => {
    const numRuns = process.env.GUICHET_SOAK === "1" ? 50_000 : 1_500;
    let slowestMs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(golden.length - 1),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (which, changes) => {
          const pdf = changes.reduce(apply, golden[which] ?? Buffer.alloc(0));
          const limits = { operationsMax: 1_000_000, bytesMax: 50_000_000, durationMsMax: 5_000 };
          const budget = startBudget(limits, () => performance.now());
          const from = performance.now();
          const result = await analysePdf({ source: memorySource(pdf), budget });
          slowestMs = Math.max(slowestMs, performance.now() - from);
          if (result.kind === "counted") expect(result.pages.length).toBeGreaterThan(0);
          else expect(result.sentence).toMatch(/^The document|^This kind/);
        },
      ),
      { numRuns, seed: 20, interruptAfterTimeLimit: 600_000, markInterruptAsFailure: true },
    );
    expect(slowestMs).toBeLessThan(6_000);
  }, 660_000);
});
