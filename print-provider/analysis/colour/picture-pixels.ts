import { Readable } from "node:stream";
import { createInflate, constants as zlib } from "node:zlib";
import { giveBack } from "../../../storage/give-back.ts";
import type { Budget } from "../budget.ts";
import { predictorOf } from "../filters/decode-stream.ts";
import { startUnpredict, type Unpredict } from "../filters/predictor.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import { PdfDamage } from "../pdf/pdf-object.ts";
import { jpegIsGrey } from "./jpeg-chroma.ts";
import { type Picture, streamBytesMax } from "./judge.ts";
import { type PixelCheck, startPixelCheck } from "./pixel-check.ts";

const pieceBytes = 256 * 1024;

/**
 * Whether any pixel of a picture is a colour. Plain and Flate pictures are read piece by piece, however
 * large they are; others only up to a bound. Throws PdfDamage when nobody can tell.
 */
export async function pictureIsColour(file: PdfFile, picture: Picture): Promise<boolean> {
  const { stream } = picture;
  if (picture.kind === "jpeg") {
    const decoded = file.decoded(stream, streamBytesMax);
    return !jpegIsGrey(decoded.bytes, file.budget);
  }
  const { layout } = picture;
  const check = startPixelCheck(layout);
  if (check === undefined) return true;
  const steps = file.filters(stream);
  const [step] = steps;
  const streamed = !file.encrypted && steps.length <= 1 && (step?.filter ?? "Flate") === "Flate";
  if (!streamed) {
    const decoded = file.decoded(stream, streamBytesMax);
    return decoded.kind !== "bytes" || check(decoded.bytes);
  }
  const { source, budget } = file;
  const raw = source.pieces(stream.start, file.lengthOf(stream));
  if (step === undefined) {
    for (const piece of raw) {
      budget.bytes(piece.length);
      const found: boolean = check(piece);
      if (found) return true;
    }
    return false;
  }
  const unpredict = startUnpredict(predictorOf(step.parameters));
  return await inflatedIsColour({ raw, unpredict, check, budget });
}

async function inflatedIsColour(options: {
  raw: Iterable<Uint8Array>;
  unpredict: Unpredict;
  check: PixelCheck;
  budget: Budget;
}): Promise<boolean> {
  const { raw, unpredict, check, budget } = options;
  const inflate = createInflate({ chunkSize: pieceBytes, finishFlush: zlib.Z_SYNC_FLUSH });
  const input = Readable.from(copies(raw, budget), { objectMode: true, highWaterMark: 1 });
  input.on("error", (error) => inflate.destroy(error));
  input.pipe(inflate);
  try {
    for await (const piece of inflate) {
      if (!Buffer.isBuffer(piece)) continue;
      budget.bytes(piece.length);
      if (check(unpredict(piece))) return true;
      giveBack(piece);
    }
    return false;
  } catch (error) {
    if (error instanceof Error && "code" in error)
      throw new PdfDamage("a picture's data are damaged", { cause: error });
    throw error;
  } finally {
    input.destroy();
  }
}

/** The pieces as zlib may keep them while it works elsewhere. */
function* copies(raw: Iterable<Uint8Array>, budget: Budget): Generator<Buffer> {
  for (const piece of raw) {
    budget.bytes(piece.length);
    yield Buffer.from(piece);
  }
}
