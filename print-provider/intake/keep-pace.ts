import { UploadBroken } from "./upload-trouble.ts";

/** How long an upload may be slow at its start. */
const graceMs = 60_000;

/**
 * Passes an upload on and breaks it off when it creeps on for the sake of keeping its place:
 * `bytesPerSecondLeast` on the average after the first minute. `now` is monotonic milliseconds.
 */
export async function* keepPace(
  source: AsyncIterable<Uint8Array>,
  { bytesPerSecondLeast, now }: { bytesPerSecondLeast: number; now: () => number },
): AsyncGenerator<Uint8Array, void, undefined> {
  const startedAt = now();
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (isTooSlow({ bytes, elapsedMs: now() - startedAt, bytesPerSecondLeast }))
      throw new UploadBroken("The document came too slowly.");
    yield chunk;
  }
}

export function isTooSlow(upload: {
  bytes: number;
  elapsedMs: number;
  bytesPerSecondLeast: number;
}): boolean {
  const { bytes, elapsedMs, bytesPerSecondLeast } = upload;
  return elapsedMs > graceMs && bytes < (bytesPerSecondLeast * elapsedMs) / 1000;
}
