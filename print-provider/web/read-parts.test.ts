import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { boundaryOf, FormBroken, readParts, textOf } from "./read-parts.ts";

const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
const form = [
  `--${boundary}`,
  'Content-Disposition: form-data; name="copies"',
  "",
  "3",
  `--${boundary}`,
  'Content-Disposition: form-data; name="document"; filename="Plan %22final%22.pdf"',
  "Content-Type: application/pdf",
  "",
  `%PDF-1.7 \r\n--${boundary.slice(0, 20)} and so on\r\n`,
  `--${boundary}--`,
  "",
].join("\r\n");

function inPieces(text: string, size: number): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text, "latin1");
  const count = Math.ceil(bytes.length / size);
  return Readable.from(
    Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size)),
  );
}

async function read(text: string, size: number): Promise<[string, string | undefined, string][]> {
  const parts: [string, string | undefined, string][] = [];
  for await (const part of readParts(inPieces(text, size), boundary))
    parts.push([part.name, part.fileName, await textOf(part, 1_000)]);
  return parts;
}

describe("a form with a file", () => {
  it.each([1, 2, 3, 7, 64, 10_000])("is read the same in pieces of %d bytes", async (size) => {
    expect(await read(form, size)).toEqual([
      ["copies", undefined, "3"],
      ["document", 'Plan "final".pdf', `%PDF-1.7 \r\n--${boundary.slice(0, 20)} and so on\r\n`],
    ]);
  });

  it.each([
    ["that breaks off", form.slice(0, -60)],
    ["without its boundary", `x${form}`],
    ["of another kind", "copies=3"],
    ["with a head that never ends", `--${boundary}\r\nA: ${"a".repeat(10_000)}`],
    ["with a field that never ends", form.replace("\r\n3\r\n", `\r\n${"3".repeat(5_000)}\r\n`)],
    [
      "of very many fields",
      `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n`.repeat(100),
    ],
  ])("%s is refused", async (_, text) => {
    await expect(read(text, 500)).rejects.toThrow(FormBroken);
  });

  it("is known by its content type", () => {
    expect(boundaryOf(`multipart/form-data; boundary=${boundary}`)).toBe(boundary);
    expect(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"')).toBe("a b");
    for (const other of [
      undefined,
      "text/plain",
      "multipart/form-data",
      "multipart/mixed; boundary=a",
    ])
      expect(boundaryOf(other)).toBeUndefined();
  });
});
