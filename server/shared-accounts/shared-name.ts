/** A whole name taken apart, with what it is compared by. */
export type SharedName =
  | { kind: "name"; name: string; parent: string | undefined; key: string }
  | { kind: "refused"; sentence: string };

const longest = 100;

/** What whole names are compared by: without regard to case, or to blanks around a part. */
export function sharedKey(whole: string): string {
  return whole
    .split("\\")
    .map((part) => part.trim().normalize("NFC").toLowerCase())
    .join("\\");
}

/** Reads `name` or `parent\child`. Two levels are all that there are, as existing scripts know them. */
export function sharedNameFrom(whole: string): SharedName {
  const parts = whole.split("\\").map((part) => part.trim().normalize("NFC"));
  if (parts.length > 2)
    return refused(`"${whole}" has more than two levels. Write it as parent\\child.`);
  if (parts.some((part) => part === "" || part.length > longest || hasControls(part)))
    return refused(
      `"${whole.slice(0, longest)}" is not a name for a shared account: each part has 1 to ${longest} characters.`,
    );
  const [first = "", second] = parts;
  const key = sharedKey(whole);
  return second === undefined
    ? { kind: "name", name: first, parent: undefined, key }
    : { kind: "name", name: second, parent: first, key };
}

function hasControls(text: string): boolean {
  return [...text].some((character) => (character.codePointAt(0) ?? 0) < 0x20);
}

function refused(sentence: string): SharedName {
  return { kind: "refused", sentence };
}
