/** Text that is safe in a page as it is. */
export interface Html {
  readonly html: string;
}

type Value = string | number | Html | undefined | readonly Html[];

/** A piece of a page: whatever is put into it is escaped, unless it is such a piece itself. */
export function html(pieces: TemplateStringsArray, ...values: readonly Value[]): Html {
  return {
    html: pieces.map((piece, at) => `${at === 0 ? "" : shown(values[at - 1])}${piece}`).join(""),
  };
}

function shown(value: Value): string {
  if (value === undefined) return "";
  if (typeof value === "object")
    return "html" in value ? value.html : value.map((one) => one.html).join("");
  return String(value).replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
}
