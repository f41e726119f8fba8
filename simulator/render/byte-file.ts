import { open } from "node:fs/promises";

/** A file read in pieces, so that a document of gigabytes takes no gigabytes of memory. */
export interface ByteFile {
  readonly size: number;
  /** At most `length` bytes from `offset`, fewer at the end. They may be shared: do not write. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Small reads come from a block this long, so that walking a file costs few system calls. */
const blockBytes = 1024 * 1024;

/** Opens a file for reading. Throws what the file system throws. */
export async function openByteFile(path: string): Promise<ByteFile> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  let block: { offset: number; bytes: Buffer } = { offset: 0, bytes: Buffer.alloc(0) };

  async function readFile(offset: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await file.read(bytes, done, bytes.length - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return bytes.subarray(0, done);
  }

  return {
    size,
    async read(offset, length) {
      const end = Math.min(offset + length, size);
      if (length > blockBytes / 4) return readFile(offset, length);
      if (offset < block.offset || end > block.offset + block.bytes.length) {
        block = { offset, bytes: await readFile(offset, blockBytes) };
      }
      return block.bytes.subarray(offset - block.offset, Math.max(0, end - block.offset));
    },
    close: () => file.close(),
  };
}
