const named = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * Text with the five entities of XML and character references replaced. Undefined for any other entity,
 * since none can be declared here, and for references to characters that XML 1.0 does not have.
 */
export function decodeXmlText(text: string): string | undefined {
  let sound = true;
  const decoded = text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));|&/g,
    (_all, decimal?: string, hex?: string, name?: string) => {
      const code = decimal ? Number(decimal) : Number.parseInt(hex ?? "0", 16);
      const character = name === undefined ? characterOf(code) : named.get(name);
      if (character === undefined) sound = false;
      return character ?? "";
    },
  );
  return sound ? decoded : undefined;
}

/** Text to be put between tags. What XML 1.0 cannot hold becomes the replacement character. */
export function encodeXmlText(text: string): string {
  return [...text]
    .map((character) => (isXmlCharacter(character.codePointAt(0) ?? 0) ? character : "\ufffd"))
    .join("")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function characterOf(code: number): string | undefined {
  return isXmlCharacter(code) ? String.fromCodePoint(code) : undefined;
}

/** XML 1.0 (Fifth Edition), production 2. */
function isXmlCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
