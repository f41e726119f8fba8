/** The attributes that an answer shall have: `requested-attributes`, RFC 8011 §4.2.5.1. */
export interface Wanted {
  /** Whether an attribute of this group (`job-template`, `printer-description` …) is wanted. */
  readonly has: (name: string, group: string) => boolean;
  /** The same for every request that wants the same, so that answers can be kept under it. */
  readonly key: string;
}

/** Big, and so only in the answer when it is named itself, also with `all`: PWG 5100.7 §6.9. */
const onlyByName: ReadonlySet<string> = new Set(["media-col-database"]);

/** A request that names more than this wants everything, for all that it can tell. */
const namesMost = 500;

/** `names` are the values that were sent; `byDefault` counts where the attribute was left out. */
export function readWanted(names: readonly string[], byDefault: readonly string[]): Wanted {
  const wanted = new Set(names.length === 0 ? byDefault : names.slice(0, namesMost));
  const everything = wanted.has("all");
  return {
    has: (name, group) =>
      wanted.has(name) || (!onlyByName.has(name) && (everything || wanted.has(group))),
    key: [...wanted].sort().join(" "),
  };
}
