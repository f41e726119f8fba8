import {
  AndFilter,
  EqualityFilter,
  type Filter,
  FilterParser,
  OrFilter,
  PresenceFilter,
} from "ldapts";
import type { Logger } from "pino";
import { type Connection, connectDirectory, DirectoryAway } from "./connection.ts";
import type { Directory, DirectoryAnswer, DirectoryCards, DirectoryPerson } from "./directory.ts";
import { isMember } from "./nested-groups.ts";
import { attributesOf, type Entry, readEntry } from "./read-entry.ts";
import type { DirectorySettings } from "./settings.ts";

type Found =
  | { kind: "found"; entry: Entry; person: DirectoryPerson }
  | { kind: "nobody" }
  | { kind: "ambiguous" };

/** What asks a directory; `now` is the wall clock, `monotonic` a steady one, both milliseconds. */
export type DirectoryOptions = DirectorySettings & {
  log: Logger;
  now: () => number;
  monotonic: () => number;
};

/**
 * People of an LDAP directory (RFC 4511), Active Directory included. Nothing is asked before it is
 * needed. What people type goes into filters as values, never as text of a filter, so that nothing that
 * they type can widen it. Throws a sentence when the configured filter is none.
 */
export function openDirectory(options: DirectoryOptions): Directory {
  const { log, now, monotonic, ...settings } = options;
  const people = parsedFilter(settings.filter);
  const connection = connectDirectory(settings, monotonic);
  const find = async (which: Filter): Promise<Found> => {
    const entries = await connection.search(settings.base, {
      scope: "sub",
      derefAliases: "never",
      filter: new AndFilter({ filters: [people, which] }),
      attributes: attributesOf(settings),
      explicitBufferAttributes: [settings.attributes.id].filter((name) => /guid$/i.test(name)),
      sizeLimit: 2,
      timeLimit: 3,
    });
    const [entry, another] = entries;
    if (entry === undefined) return { kind: "nobody" };
    if (another !== undefined) return { kind: "ambiguous" };
    const allowed = await isAllowed(connection, settings, entry);
    const person = readEntry(entry, { settings, allowed, now: now() });
    return person === undefined ? { kind: "nobody" } : { kind: "found", entry, person };
  };
  const guarded = async <T>(ask: () => Promise<T>): Promise<T | { kind: "away" }> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DirectoryAway)) throw error;
      log.warn({ event: "directory-away", why: error.message }, "the directory cannot be used");
      return { kind: "away" };
    }
  };
  const answer = (which: Filter): Promise<DirectoryAnswer> => guarded(() => find(which));
  const { attributes } = settings;

  return {
    byCard: (cardNumber) =>
      answer(new OrFilter({ filters: attributes.cards.map((name) => equality(name, cardNumber)) })),
    byId: (id) => answer(equality(attributes.id, idValue(attributes.id, id))),
    byLogin: (login) => answer(equality(attributes.login, login)),
    checkPassword: (login, password) =>
      guarded(async () => {
        if (password === "") return { kind: "wrong" };
        const found = await find(equality(attributes.login, login));
        if (found.kind !== "found") return found;
        const verdict = await connection.bind(found.entry.dn, password);
        return verdict === "right" ? { kind: "right", person: found.person } : { kind: verdict };
      }),
    listCards: (most) =>
      guarded(() => listCards(connection, { settings, people, most, now: now() })),
    offlineMs: settings.offlineDays * 24 * 60 * 60_000,
    close: () => connection.close(),
  };
}

async function listCards(
  connection: Connection,
  options: { settings: DirectorySettings; people: Filter; most: number; now: number },
): Promise<DirectoryCards> {
  const { settings, people, most, now } = options;
  const { attributes } = settings;
  const listed: DirectoryPerson[] = [];
  let looked = 0;
  const { isWhole } = await connection.eachPage(
    settings.base,
    {
      scope: "sub",
      derefAliases: "never",
      filter: new AndFilter({
        filters: [
          people,
          new OrFilter({
            filters: attributes.cards.map((attribute) => new PresenceFilter({ attribute })),
          }),
        ],
      }),
      attributes: [...new Set([attributes.id, attributes.login, ...attributes.cards])],
      explicitBufferAttributes: [attributes.id].filter((name) => /guid$/i.test(name)),
    },
    (entries) => {
      for (const entry of entries) {
        const person = readEntry(entry, { settings, allowed: true, now });
        if (person !== undefined) listed.push(person);
      }
      // Also those who are nobody's: a directory may have nothing else, without end.
      looked += entries.length;
      return looked < most;
    },
  );
  return { kind: isWhole ? "whole" : "partly", people: listed };
}

async function isAllowed(
  connection: Connection,
  settings: DirectorySettings,
  entry: Entry,
): Promise<boolean> {
  return settings.group === undefined || (await isMember(connection, settings, entry));
}

/** `objectGUID` is 16 bytes, and must be asked for as such. */
function idValue(attribute: string, id: string): string | Buffer {
  return /guid$/i.test(attribute) ? Buffer.from(id, "hex") : id;
}

function equality(attribute: string, value: string | Buffer): Filter {
  return new EqualityFilter({ attribute, value });
}

function parsedFilter(text: string): Filter {
  try {
    return FilterParser.parseString(text);
  } catch (error) {
    throw new Error(
      `The directory's filter "${text}" is not an LDAP filter: ${error instanceof Error ? error.message : ""}`,
    );
  }
}
