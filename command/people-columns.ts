import { parseMoney } from "../pricing/money.ts";
import type { ImportRow } from "../protocol/admin-import.ts";
import { UserError } from "./folders.ts";
import type { CsvLine } from "./people-csv.ts";

/** The columns of a list of people, with the names by which other systems export them. */
const names = {
  login: ["login", "username", "user name", "user", "samaccountname", "uid"],
  name: ["name", "full name", "fullname", "display name", "displayname"],
  email: ["email", "e-mail", "mail"],
  department: ["department"],
  office: ["office"],
  language: ["language"],
  number: ["number", "id number", "person number"],
  restricted: ["restricted"],
  badge: ["badge", "badges", "card", "card number", "primary card number"],
  badge2: ["badge2", "badge 2", "secondary card number"],
  pin: ["pin", "card pin"],
  credit: ["credit", "balance", "first credit"],
} as const;
export type Column = keyof typeof names;
const columns = Object.keys(names) as Column[];

/** Which column is which. Throws UserError for one that is not known, twice there, or missing. */
export function columnsOf(header: readonly string[], line: number): (Column | undefined)[] {
  const found = header.map((cell) => {
    const name = cell.trim().toLowerCase();
    if (name === "") return undefined;
    const column = columns.find((one) => (names[one] as readonly string[]).includes(name));
    if (column === undefined)
      throw new UserError(
        `Line ${line}: the column "${cell.trim()}" is not known. Known are ${columns.join(", ")}; leave the name empty to pass a column over.`,
      );
    return column;
  });
  const twice = found.find((one, index) => one !== undefined && found.indexOf(one) !== index);
  if (twice !== undefined)
    throw new UserError(`Line ${line}: the column "${twice}" is there twice.`);
  if (!found.includes("login"))
    throw new UserError(
      `Line ${line}: there is no column "login". The first line names the columns.`,
    );
  return found;
}

/** A line as the server takes it, or a sentence about what is wrong with it. */
export function rowOf({ line, cells }: CsvLine): ImportRow | string {
  const login = cells.get("login");
  if (login === undefined) return "there is no log-in name";
  if (login.length > 128 || hasControl(login)) return "the log-in name is too long, or no text";
  const row: ImportRow = { line, login };
  const texts = { name: "displayName", email: "email", department: "department", office: "office" };
  for (const [column, field] of Object.entries(texts)) {
    const text = cells.get(column as Column);
    if (text === undefined) continue;
    if (text.length > 512) return `the ${column} is longer than 512 characters`;
    Object.assign(row, { [field]: text });
  }
  const language = cells.get("language")?.toLowerCase();
  if (language !== undefined) {
    if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(language)) return `"${language}" is no language`;
    row.language = language;
  }
  const number = cells.get("number");
  if (number !== undefined) {
    if (!/^[0-9]{1,20}$/.test(number)) return `the number "${number}" is not 1 to 20 digits`;
    row.number = number;
  }
  const pin = cells.get("pin");
  if (pin !== undefined) {
    if (!/^[0-9]{4,16}$/.test(pin)) return "the PIN is not 4 to 16 digits";
    row.pin = pin;
  }
  return withRest(row, cells);
}

function withRest(row: ImportRow, cells: CsvLine["cells"]): ImportRow | string {
  const restricted = cells.get("restricted")?.toLowerCase();
  if (restricted !== undefined) {
    if (!/^(yes|no|true|false|1|0)$/.test(restricted))
      return `"${restricted}" in the column restricted is neither yes nor no`;
    row.restricted = /^(yes|true|1)$/.test(restricted);
  }
  const badges = [cells.get("badge"), cells.get("badge2")]
    .flatMap((cell) => cell?.split(/[;|]/) ?? [])
    .map((badge) => badge.replace(/[\s:-]/g, "").toUpperCase())
    .filter((badge) => badge !== "");
  if (badges.length > 16) return "there are more than 16 badges";
  if (badges.some((badge) => !/^[0-9A-Z]{4,64}$/.test(badge)))
    return "a badge is not 4 to 64 letters and digits";
  if (badges.length > 0) row.badges = badges;
  const credit = cells.get("credit");
  if (credit !== undefined) {
    const parsed = parseMoney(credit);
    if (parsed.kind === "refused") return parsed.sentence;
    row.credit = parsed.money;
  }
  return row;
}

function hasControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u001f\u007f]/.test(text);
}
