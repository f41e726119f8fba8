import { EqualityFilter, OrFilter } from "ldapts";
import type { Connection } from "./connection.ts";
import { type Entry, textsOf } from "./read-entry.ts";
import type { DirectorySettings } from "./settings.ts";

/** Groups in groups go so deep, and a person is in so many, before it is a loop or a mistake. */
const DEEPEST = 16;
const GROUPS_AT_MOST = 5_000;
/** Group names in one question: filters beyond some hundred kilobytes are refused by servers. */
const ASKED_AT_ONCE = 100;

/**
 * Whether a person's entry is a member of the configured group, straight or through other groups.
 * Active Directory tells all of them at once (`tokenGroups`, MS-ADTS §3.1.1.4.5.19, the primary group
 * included). Anywhere else the groups are walked upwards, level by level, since the matching rule that
 * would do it in one question finds nothing on other servers, and takes a minute on a large one.
 */
export async function isMember(
  connection: Connection,
  settings: DirectorySettings,
  entry: Entry,
): Promise<boolean> {
  if (/guid$/i.test(settings.attributes.id)) return await byTokens(connection, settings, entry);
  const wanted = normalDn(settings.group ?? "");
  const seen = new Set<string>();
  let level = [memberName(settings, entry)];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
    const parents = await groupsOf(connection, settings, level);
    if (parents.some((dn) => normalDn(dn) === wanted)) return true;
    level = parents.filter((dn) => !seen.has(normalDn(dn)));
    for (const dn of level) seen.add(normalDn(dn));
    if (seen.size > GROUPS_AT_MOST) return false;
  }
  return false;
}

/** posixGroup names its members by uid (RFC 2307), all others by their DN. */
function memberName({ memberAttribute, attributes }: DirectorySettings, entry: Entry): string {
  if (memberAttribute.toLowerCase() !== "memberuid") return entry.dn;
  return textsOf(entry[attributes.login.toLowerCase()])[0] ?? entry.dn;
}

async function groupsOf(
  connection: Connection,
  settings: DirectorySettings,
  members: readonly string[],
): Promise<string[]> {
  const groups: string[] = [];
  for (let from = 0; from < members.length; from += ASKED_AT_ONCE) {
    const filters = members
      .slice(from, from + ASKED_AT_ONCE)
      .map((value) => new EqualityFilter({ attribute: settings.memberAttribute, value }));
    const entries = await connection.search(settings.groupBase, {
      scope: "sub",
      derefAliases: "never",
      filter: new OrFilter({ filters }),
      attributes: ["1.1"],
      paged: { pageSize: 500 },
      timeLimit: 3,
    });
    groups.push(...entries.map(({ dn }) => dn));
  }
  return groups;
}

async function byTokens(
  connection: Connection,
  settings: DirectorySettings,
  entry: Entry,
): Promise<boolean> {
  const read = async (dn: string, attribute: string): Promise<Buffer[]> => {
    const [found] = await connection.search(dn, {
      scope: "base",
      attributes: [attribute],
      explicitBufferAttributes: [attribute],
    });
    const value: unknown = found?.[attribute.toLowerCase()];
    return (Array.isArray(value) ? value : [value]).filter((one) => Buffer.isBuffer(one));
  };
  const [wanted] = await read(settings.group ?? "", "objectSid");
  if (wanted === undefined) return false;
  const tokens = await read(entry.dn, "tokenGroups");
  return tokens.some((token) => token.equals(wanted));
}

/** DNs are compared without regard to case and to spaces between their parts (RFC 4514). */
function normalDn(dn: string): string {
  return dn.replace(/\s*([,=+])\s*/g, "$1").toLowerCase();
}
