/**
 * A document on its way in: whole where it came with the request, else in pieces that can be read
 * once, each of which is valid only until the next one is asked for.
 */
export type DocumentSource = Uint8Array | AsyncIterable<Uint8Array>;

/** The same in pieces, whichever way it came. */
export async function* piecesOf(
  source: DocumentSource,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!(source instanceof Uint8Array)) yield* source;
  else if (source.length > 0) yield source;
}
