import { Readable } from "node:stream";
import { createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { giveBack } from "../../storage/give-back.ts";
import { UploadRefused } from "./upload-trouble.ts";

export type Compression = "none" | "gzip" | "deflate";

/**
 * Unpacks a document (IPP `compression`, RFC 8011 §5.4.32) as it comes. How much may come out is
 * counted by whoever takes it, so a small document that unpacks to a huge one ends there. Each chunk
 * is valid only until the next one is asked for.
 */
export async function* decompress(
  source: AsyncGenerator<Uint8Array, void, undefined>,
  compression: Compression,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (compression === "none") {
    for await (const chunk of source) {
      yield chunk;
      giveBack(chunk);
    }
    return;
  }
  const first = await source.next();
  if (first.done) return;
  const unpacked = unpackerFor(compression, first.value);
  let sourceError: unknown;
  const packed = Readable.from(restOf(first.value, source), { objectMode: false });
  packed.on("error", (error) => {
    sourceError = error;
    unpacked.destroy(error);
  });
  try {
    for await (const chunk of packed.pipe(unpacked) as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    // An error of the connection is not one of the data.
    if (sourceError !== undefined) throw sourceError;
    throw isZlibError(error)
      ? new UploadRefused(
          "client-error-compression-error",
          { cause: "compression-error", because: "damaged" },
          "The document was packed in a way that cannot be undone. Print it again.",
        )
      : error;
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

/** RFC 8011 means DEFLATE of RFC 1951, but clients send it with and without the frame of RFC 1950. */
function unpackerFor(compression: "gzip" | "deflate", head: Uint8Array) {
  if (compression === "gzip") return createGunzip();
  const [first = 0, second = 0] = head;
  const framed = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
  return framed ? createInflate() : createInflateRaw();
}

async function* restOf(
  first: Uint8Array,
  source: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield first;
  yield* source;
}

function isZlibError(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    (error.code.startsWith("Z_") || error.code === "ERR_STREAM_PREMATURE_CLOSE")
  );
}
