/** One entry of an archive that a kernel unpacks as its first root. */
export interface CpioEntry {
  readonly path: string;
  /** Type and permissions, as in `stat`: 0o040755 a folder, 0o100644 a file. */
  readonly mode: number;
  readonly content?: Uint8Array;
}

export const folder = (path: string): CpioEntry => ({ path, mode: 0o040755 });

/** A file that can be run. */
export const program = (path: string, content: Uint8Array): CpioEntry => ({
  path,
  mode: 0o100755,
  content,
});

/** An archive in the format `newc`, the one that Linux takes for an initial RAM disk (initramfs). */
export function cpioArchive(entries: readonly CpioEntry[]): Buffer {
  const parts = entries.map((entry, index) => record(entry, index + 1));
  return Buffer.concat([...parts, record({ path: "TRAILER!!!", mode: 0 }, 0)]);
}

function record({ path, mode, content = new Uint8Array() }: CpioEntry, inode: number): Buffer {
  const name = Buffer.from(`${path}\0`);
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const head = `070701${fields.map((it) => it.toString(16).padStart(8, "0")).join("")}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(head), name])), padded(content)]);
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
