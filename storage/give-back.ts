/**
 * Frees the memory of a buffer that nobody uses any more, at once: the collector lets some 64 MB of
 * such garbage pile up first. The buffer is empty afterwards. One that shares its memory is left alone.
 */
export function giveBack(buffer: Uint8Array): void {
  if (buffer.buffer instanceof ArrayBuffer && buffer.buffer.byteLength === buffer.length)
    buffer.buffer.transfer(0);
}
