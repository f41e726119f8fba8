const mostWords = 4;

/** The first letters of a name or title: enough for its owner, and nothing for who looks on. */
export function masked(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, mostWords)
    .map((word) => `${Array.from(word)[0] ?? ""}…`)
    .join(" ");
}
