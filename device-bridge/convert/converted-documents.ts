import { createReadStream, createWriteStream, mkdirSync, rmSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { DeviceAbilities } from "../../protocol/handling.ts";
import type { Documents, OpenDocument } from "../release/documents.ts";
import type { DocumentSource } from "../release/release-effect.ts";
import { type Converter, passageOf } from "./converter.ts";
import { runConverter } from "./run-converter.ts";
import { type ConversionLimits, conversionLimits } from "./sandbox.ts";

/** Documents as a device takes them: as they are, or converted before anything is sent. */
export interface ConvertedDocuments extends Documents {
  /**
   * Makes a document ready for a device that takes these formats; false where it cannot be had. To be
   * awaited before the device is asked for a job. Throws where fetching or converting it failed.
   */
  makeReady(
    document: DocumentSource,
    device: Pick<DeviceAbilities, "formats">,
    signal: AbortSignal,
  ): Promise<boolean>;
}

/**
 * Puts converters before the documents of providers. What is converted lies in the clear in `folder`
 * from the conversion to the end of its release; what a crash left there is removed at the next start.
 */
export function convertDocuments(options: {
  readonly documents: Documents;
  readonly converters: readonly Converter[];
  /** Not needed where there are no converters. */
  readonly folder?: string;
  readonly limits?: ConversionLimits;
}): ConvertedDocuments {
  const { documents, converters, folder, limits = conversionLimits } = options;
  const ready = new Map<
    string,
    { readonly folder: string; readonly path: string; readonly format: string }
  >();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });

  function dropConverted(releaseId: string): void {
    const made = ready.get(releaseId);
    ready.delete(releaseId);
    if (made !== undefined) void rm(made.folder, { recursive: true, force: true });
  }

  async function convert(
    document: DocumentSource,
    converter: Converter,
    signal: AbortSignal,
  ): Promise<void> {
    if (folder === undefined) throw new Error("There is no folder to convert documents in.");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const own = await mkdtemp(join(folder, "release-"));
    const [input, output] = [join(own, "in"), join(own, "out")];
    try {
      const { body } = await documents.take(document, signal);
      await pipeline(body, createWriteStream(input, { mode: 0o600 }), { signal });
      await runConverter({ converter, folder: own, input, output, limits, signal });
      await rm(input, { force: true });
    } catch (error) {
      await rm(own, { recursive: true, force: true });
      throw error;
    }
    ready.set(document.releaseId, { folder: own, path: output, format: converter.to });
  }

  return {
    ...documents,
    async makeReady(document, device, signal) {
      const passage = passageOf(document.particulars.documentFormat, device, converters);
      // Asked again where the device gave no answer: what was made is still there.
      if (passage.kind === "through" && !ready.has(document.releaseId))
        await convert(document, passage.converter, signal);
      return passage.kind !== "none";
    },
    async take(document, signal): Promise<OpenDocument> {
      const made = ready.get(document.releaseId);
      if (made === undefined) return await documents.take(document, signal);
      const { size } = await stat(made.path);
      return { length: size, body: createReadStream(made.path), format: made.format };
    },
    drop(releaseId) {
      dropConverted(releaseId);
      documents.drop(releaseId);
    },
    close() {
      documents.close();
      for (const releaseId of [...ready.keys()]) dropConverted(releaseId);
    },
  };
}
