import type { Readable } from "node:stream";
import type { Link } from "../../link/client.ts";
import { documentHeaders } from "../../protocol/bridge-provider.ts";
import type { DocumentSource } from "./release-effect.ts";

/** A document as the provider sends it, not yet read. */
export interface OpenDocument {
  readonly length: number;
  readonly body: Readable;
  /** Its format, where that is not what the job's particulars say. */
  readonly format?: string;
}

export interface Documents {
  /** Begins to fetch a document that will be wanted in a moment. */
  prepare(document: DocumentSource): void;
  /** The document from its first byte: the one that was prepared, or fetched now. */
  take(document: DocumentSource, signal: AbortSignal): Promise<OpenDocument>;
  /** Lets go of what was prepared for a release and not taken. */
  drop(releaseId: string): void;
  close(): void;
}

/**
 * Documents of claimed jobs, straight from their providers. Nothing is kept here: a body is read only
 * as fast as the device takes it.
 */
export function createDocuments(options: {
  readonly provider: (id: string) => Link | undefined;
}): Documents {
  const prepared = new Map<string, Promise<OpenDocument>>();
  const closing = new AbortController();

  async function fetchDocument(
    document: DocumentSource,
    signal: AbortSignal,
  ): Promise<OpenDocument> {
    const { provider, jobId, releaseId, attempt, fence } = document;
    const link = options.provider(provider);
    if (link === undefined) throw new Error(`The site has no provider "${provider}" any more.`);
    const headers = {
      [documentHeaders.release]: releaseId,
      [documentHeaders.attempt]: String(attempt),
      [documentHeaders.fence]: String(fence),
    };
    const path = `/api/jobs/${jobId}/document`;
    const opened = await link.stream(path, headers, {
      signal: AbortSignal.any([closing.signal, signal]),
    });
    // Whoever reads it hears of it; until then a broken connection must not end the process.
    opened.body.on("error", () => undefined);
    return opened;
  }

  function drop(releaseId: string): void {
    const waiting = prepared.get(releaseId);
    prepared.delete(releaseId);
    waiting?.then(
      ({ body }) => body.destroy(),
      () => undefined,
    );
  }

  return {
    prepare(document) {
      drop(document.releaseId);
      const opening = fetchDocument(document, closing.signal);
      opening.catch(() => undefined);
      prepared.set(document.releaseId, opening);
    },
    async take(document, signal) {
      const waiting = prepared.get(document.releaseId);
      prepared.delete(document.releaseId);
      const ready = await waiting?.catch(() => undefined);
      if (ready !== undefined && !ready.body.destroyed && !ready.body.errored) return ready;
      return await fetchDocument(document, signal);
    },
    drop,
    close() {
      closing.abort();
      for (const releaseId of [...prepared.keys()]) drop(releaseId);
    },
  };
}
