/** What an operator can do something about; everything else is a bug and stays what it was. */
export type StorageTrouble =
  | "in-use"
  | "missing"
  | "exposed"
  | "not-writable"
  | "full"
  | "not-a-database"
  | "newer-schema"
  | "damaged"
  | "failing-disk";

/** The disk or the database file let us down: the message is a sentence for an operator. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly trouble: StorageTrouble;

  constructor(trouble: StorageTrouble, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.trouble = trouble;
  }
}

/**
 * Maps an error of SQLite or of the file system to a {@link StorageError} about the file at `path`.
 * Gives anything it does not recognise (a broken constraint, a bug of ours) back unchanged.
 */
export function storageErrorFrom(error: unknown, path: string): unknown {
  if (error instanceof StorageError) return error;
  const trouble = troubleOf(error);
  return trouble === undefined
    ? error
    : new StorageError(trouble, sentenceFor(trouble, path), error);
}

function troubleOf(error: unknown): StorageTrouble | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const trouble = troubleByCode.get(code);
  if (trouble !== undefined || !code.startsWith("SQLITE_")) return trouble;
  // SQLite's extended codes (SQLITE_IOERR_FSYNC …) begin with the code that they refine.
  return troubleByCode.get(code.split("_").slice(0, 2).join("_"));
}

const troubleByCode = new Map<string, StorageTrouble>([
  ["SQLITE_BUSY", "in-use"],
  ["SQLITE_LOCKED", "in-use"],
  ["SQLITE_FULL", "full"],
  ["ENOSPC", "full"],
  ["EDQUOT", "full"],
  ["SQLITE_READONLY", "not-writable"],
  ["SQLITE_PERM", "not-writable"],
  ["SQLITE_CANTOPEN", "not-writable"],
  ["EACCES", "not-writable"],
  ["EPERM", "not-writable"],
  ["EROFS", "not-writable"],
  ["ENOTDIR", "not-writable"],
  ["ENOENT", "missing"],
  ["EISDIR", "not-writable"],
  ["EEXIST", "not-writable"],
  ["SQLITE_NOTADB", "not-a-database"],
  ["SQLITE_CORRUPT", "damaged"],
  ["SQLITE_IOERR", "failing-disk"],
  ["EIO", "failing-disk"],
]);

function sentenceFor(trouble: StorageTrouble, path: string): string {
  switch (trouble) {
    case "in-use":
      return `Another process is using ${path}. Stop the other Guichet that runs on this folder, or give this one a folder of its own.`;
    case "missing":
      return `${path} is not there. Check the folder in the configuration, or restore the last copy of it.`;
    case "exposed":
      return `${path} can be read by other accounts of this machine. Take their rights away.`;
    case "not-writable":
      return `${path} cannot be written. Check that its folder exists and belongs to the account that runs Guichet.`;
    case "full":
      return `The disk that holds ${path} is full. Free some space on it; what was stored before is kept.`;
    case "not-a-database":
      return `${path} is not a Guichet database. Move the file away, or correct the folder in the configuration.`;
    case "newer-schema":
      return `${path} was written by a newer Guichet. Start the newer program, or restore a copy made before the update.`;
    case "damaged":
      return `${path} is damaged. Stop Guichet and restore the last good copy of its folder.`;
    case "failing-disk":
      return `The disk that holds ${path} reported a fault. Check the disk before anything else is stored on it.`;
  }
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
