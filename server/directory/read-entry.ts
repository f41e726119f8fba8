import { withoutSeparators } from "../../card-readers/card-number.ts";
import type { DirectoryPerson } from "./directory.ts";
import type { DirectorySettings } from "./settings.ts";

/** Values of an entry's attributes as the client gives them; names in lower case. */
export type Entry = { dn: string; readonly [attribute: string]: unknown };

const ACCOUNT_DISABLED = 0x2;
/** 100-nanosecond steps from 1601 to 1970 (MS-ADTS §2.2.23, accountExpires). */
const EPOCH_1601 = 116_444_736_000_000_000n;
const NEVER = 9_223_372_036_854_775_807n;
const CARDS_AT_MOST = 64;

/** What is asked of each person's entry. */
export function attributesOf({ attributes }: DirectorySettings): string[] {
  const { id, login, name, email, cards, number } = attributes;
  return [
    ...new Set([
      id,
      login,
      name,
      email,
      ...cards,
      ...(number === undefined ? [] : [number]),
      "userAccountControl",
      "accountExpires",
      "pwdAccountLockedTime",
    ]),
  ];
}

/** A person from an entry; undefined where the entry has no id or no log-in name. `now`: wall clock. */
export function readEntry(
  entry: Entry,
  options: { settings: DirectorySettings; allowed: boolean; now: number },
): DirectoryPerson | undefined {
  const { settings, allowed, now } = options;
  const { attributes } = settings;
  const first = (name: string | undefined) =>
    name === undefined ? "" : (textsOf(entry[name.toLowerCase()])[0] ?? "").trim();
  const id = idOf(entry[attributes.id.toLowerCase()]);
  const login = first(attributes.login);
  if (id === "" || login === "" || login.length > 128) return undefined;
  const number = first(attributes.number);
  return {
    id,
    login,
    displayName: first(attributes.name).slice(0, 256),
    email: first(attributes.email).slice(0, 256),
    cards: attributes.cards
      .flatMap((name) => textsOf(entry[name.toLowerCase()]))
      .map(canonicalCard)
      .filter((card) => card !== "")
      .slice(0, CARDS_AT_MOST),
    number: /^[0-9]{1,20}$/.test(number) ? number : "",
    disabled: isDisabled(entry, now),
    allowed,
  };
}

/** As the readers' pipeline writes it: upper-case letters and digits. */
export function canonicalCard(text: string): string {
  return withoutSeparators(text).toUpperCase();
}

/** The values of an attribute as texts, whichever way the client gives them. */
export function textsOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.flatMap((one) =>
    typeof one === "string" ? [one] : Buffer.isBuffer(one) ? [one.toString("utf8")] : [],
  );
}

function idOf(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (Buffer.isBuffer(one)) return one.toString("hex");
  return typeof one === "string" ? one : "";
}

/** Switched off by an administrator, or past the date: not what wrong passwords do (that is a lock). */
function isDisabled(entry: Entry, now: number): boolean {
  const control = Number(textsOf(entry.useraccountcontrol)[0] ?? 0);
  if ((control & ACCOUNT_DISABLED) !== 0) return true;
  // A lock without an end is how OpenLDAP's password policy switches somebody off.
  if (textsOf(entry.pwdaccountlockedtime)[0] === "000001010000Z") return true;
  const [expires = "0"] = textsOf(entry.accountexpires);
  if (!/^\d{1,19}$/.test(expires)) return false;
  const steps = BigInt(expires);
  if (steps === 0n || steps === NEVER) return false;
  return Number((steps - EPOCH_1601) / 10_000n) <= now;
}
