/** The first `most` bytes of a body; when they are through and more comes, `onCut`, and it fails. */
export async function* cutAfter(
  body: AsyncIterable<Uint8Array>,
  most: number,
  onCut: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let left = most;
  for await (const chunk of body) {
    if (chunk.length > left) {
      yield chunk.subarray(0, left);
      onCut();
      throw new Error(`The connection broke after ${most} bytes of a document.`);
    }
    left -= chunk.length;
    yield chunk;
  }
}
