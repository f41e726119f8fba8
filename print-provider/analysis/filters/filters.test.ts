import { deflateRawSync, deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startBudget } from "../budget.ts";
import { PdfDamage } from "../pdf/pdf-object.ts";
import { ascii85, asciiHex } from "./ascii-filters.ts";
import { decodeBytes } from "./decode-stream.ts";
import { startUnpredict } from "./predictor.ts";
import { lzw, runLength } from "./run-filters.ts";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const bytesOf = (source: string): Uint8Array => Buffer.from(source, "latin1");
const large = 1_000_000;

/** LZW as ISO 32000-2, 7.4.4 tells an encoder: the table grows to 12 bits, then is cleared. */
function lzwEncode(bytes: Uint8Array, early: boolean): Buffer {
  const bits: string[] = [];
  let table = new Map<string, number>();
  let width = 9;
  const put = (code: number): void => {
    bits.push(code.toString(2).padStart(width, "0"));
  };
  const clear = (): void => {
    put(256);
    table = new Map(Array.from({ length: 256 }, (_, byte) => [String.fromCharCode(byte), byte]));
    width = 9;
  };
  let next = 258;
  clear();
  let known = "";
  for (const byte of bytes) {
    const longer = known + String.fromCharCode(byte);
    if (table.has(longer)) {
      known = longer;
      continue;
    }
    put(table.get(known) ?? 0);
    table.set(longer, next);
    next += 1;
    if (next + (early ? 1 : 0) > 1 << width) width += 1;
    if (next === 4_094) {
      clear();
      next = 258;
    }
    known = String.fromCharCode(byte);
  }
  if (known !== "") {
    put(table.get(known) ?? 0);
    if (next + 1 + (early ? 1 : 0) > 1 << width) width += 1;
  }
  put(257);
  const padded = bits.join("");
  const whole = padded.padEnd(Math.ceil(padded.length / 8) * 8, "0");
  return Buffer.from(whole.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}

describe("the filters of PDF streams", () => {
  it("undo what the standard's own examples show", () => {
    // ISO 32000-2, 7.4.4.2, example 1.
    const packed = Buffer.from([0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]);
    const plain = lzw({ bytes: packed, early: true, bytesMax: large });
    expect([...plain]).toEqual([45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    expect(text(asciiHex(bytesOf("48 65 6C6c 6F7>ignored")))).toBe("Hellop");
    expect(text(ascii85(bytesOf("<~87cURD]j7BEbo80~>")))).toBe("Hello world!");
    expect([...ascii85(bytesOf("z!!~>"))]).toEqual([0, 0, 0, 0, 0]);
    expect(text(runLength(Buffer.from([2, 97, 98, 99, 254, 120, 128, 99]), large))).toBe("abcxxx");
  });

  it("undo LZW of any bytes, through all widths of its codes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 12_000, max: 5, size: "max" }),
        fc.boolean(),
        (bytes, early) => {
          const plain = lzw({ bytes: lzwEncode(bytes, early), early, bytesMax: large });
          expect(Buffer.compare(plain, bytes)).toBe(0);
        },
      ),
      { numRuns: 40, seed: 5 },
    );
    const noise = Uint8Array.from({ length: 20_000 }, (_, at) => (at * at * 31 + at * 7) & 255);
    const plain = lzw({ bytes: lzwEncode(noise, true), early: true, bytesMax: large });
    expect(Buffer.compare(plain, noise)).toBe(0);
  });

  it("stop a stream that unpacks to more than it may", () => {
    const run = Buffer.alloc(2_000, Buffer.from([129, 0]));
    expect(() => runLength(run, 10_000)).toThrow(PdfDamage);
    const codes = lzwEncode(Buffer.alloc(20_000), true);
    expect(() => lzw({ bytes: codes, early: true, bytesMax: 10_000 })).toThrow(PdfDamage);
    const steps = [{ filter: "Flate", parameters: undefined }] as const;
    const budget = startBudget({ operationsMax: 1e6, bytesMax: 1e9, durationMsMax: 10_000 }, () =>
      performance.now(),
    );
    const flate = (bytes: Buffer) => decodeBytes({ bytes, steps, bytesMax: 10_000, budget }).bytes;
    expect(() => flate(deflateSync(Buffer.alloc(20_000)))).toThrow(PdfDamage);
    expect(flate(deflateSync(Buffer.alloc(9_000)))).toHaveLength(9_000);
    // Cut short, or with a wrong head: readers show what is there.
    const whole = deflateSync(Buffer.alloc(9_000, "abcdefgh"));
    expect(text(flate(whole.subarray(0, whole.length - 5)).subarray(0, 3))).toBe("abc");
    const headless = Buffer.concat([Buffer.from([0, 0]), deflateRawSync(Buffer.from("plain"))]);
    expect(text(flate(headless))).toBe("plain");
  });

  it("undo every PNG predictor, however the bytes arrive", () => {
    const width = 5;
    const rows = fc.array(
      fc.record({
        method: fc.integer({ min: 0, max: 4 }),
        bytes: fc.uint8Array({ minLength: width * 3, maxLength: width * 3 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 20 }), (plain, pieceBytes) => {
        const filtered = Buffer.concat(
          plain.map(({ method, bytes }, row) =>
            filterRow({ method, bytes, above: plain[row - 1]?.bytes ?? new Uint8Array(width * 3) }),
          ),
        );
        const before = Buffer.from(filtered);
        const undo = startUnpredict({
          predictor: 15,
          colors: 3,
          bitsPerComponent: 8,
          columns: width,
        });
        const pieces: Uint8Array[] = [];
        for (let at = 0; at < filtered.length; at += pieceBytes)
          pieces.push(Uint8Array.from(undo(filtered.subarray(at, at + pieceBytes))));
        expect(
          Buffer.compare(Buffer.concat(pieces), Buffer.concat(plain.map((row) => row.bytes))),
        ).toBe(0);
        // What comes in belongs to others and is left as it was.
        expect(Buffer.compare(filtered, before)).toBe(0);
      }),
      { numRuns: 100, seed: 9 },
    );
  });
});

/** One row behind a PNG filter of three bytes a pixel (PNG, 9.2), written out as the standard does. */
function filterRow(options: { method: number; bytes: Uint8Array; above: Uint8Array }): Buffer {
  const { method, bytes, above } = options;
  const at = (row: Uint8Array, place: number): number => (place < 0 ? 0 : (row[place] ?? 0));
  const guess = (place: number): number => {
    const left = at(bytes, place - 3);
    const up = at(above, place);
    const corner = at(above, place - 3);
    if (method === 1) return left;
    if (method === 2) return up;
    if (method === 3) return Math.floor((left + up) / 2);
    if (method === 0) return 0;
    const estimate = left + up - corner;
    const distances = [left, up, corner].map((value) => Math.abs(estimate - value));
    const nearest = distances.indexOf(Math.min(...distances));
    return [left, up, corner][nearest] ?? 0;
  };
  return Buffer.from([method, ...Array.from(bytes, (byte, place) => (byte - guess(place)) & 255)]);
}
