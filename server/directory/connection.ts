import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import {
  Client,
  type Entry,
  PasswordPolicyControl,
  ResultCodeError,
  type SearchOptions,
} from "ldapts";
import { type BindRefusal, bindRefusal } from "./bind-refusal.ts";
import type { DirectorySettings } from "./settings.ts";

const CONNECT_MS = 1_500;
const ANSWER_MS = 3_000;
const PAGE_MS = 15_000;
/** After so long no further page is asked for, however many a directory has. */
const ALL_PAGES_MS = 120_000;
/** Active Directory gives 1,000 at once at most. */
const PAGE_SIZE = 500;
/** sizeLimitExceeded, adminLimitExceeded: a directory that knows no pages, or does not give all. */
const NO_MORE = [4, 11];
/** After it did not answer, nobody waits for it again for so long: a tap is to be quick. */
const LEFT_ALONE_MS = 10_000;

/** The place to search is not there, so nobody is. */
const NO_SUCH_OBJECT = 32;

/** The directory cannot be used now: it does not answer, or does not take the bind account. */
export class DirectoryAway extends Error {
  override readonly name = "DirectoryAway";
}

export type Connection = {
  /** Entries with their attribute names in lower case. Throws DirectoryAway. */
  search: (base: string, options: SearchOptions) => Promise<Entry[]>;
  /**
   * Searches for all entries, in pages (RFC 2696), on a connection of its own, until `take` wants no
   * more or it takes too long. `isWhole`: there were no others. Throws DirectoryAway; then nobody else is
   * kept from asking.
   */
  eachPage: (
    base: string,
    options: SearchOptions,
    take: (entries: Entry[]) => boolean,
  ) => Promise<{ isWhole: boolean }>;
  /** Whether this entry's password is that. Never called with an empty one. Throws DirectoryAway. */
  bind: (dn: string, password: string) => Promise<"right" | Exclude<BindRefusal, "away">>;
  close: () => Promise<void>;
};

/**
 * Connects as the bind account, once, and again when the connection was lost; passwords are tried on
 * connections of their own. Referrals are not followed: they would lead anywhere.
 */
export function connectDirectory(settings: DirectorySettings, monotonic: () => number): Connection {
  let service: Promise<Client> | undefined;
  let awayUntil = 0;

  const open = async (answerMs = ANSWER_MS): Promise<Client> => {
    const secure = settings.url.toLowerCase().startsWith("ldaps:");
    const client = new Client({
      url: settings.url,
      timeout: answerMs,
      connectTimeout: CONNECT_MS,
      strictDN: false,
      ...(secure ? { tlsOptions: tlsOf(settings) } : {}),
    });
    if (!secure && settings.startTls) await client.startTLS(tlsOf(settings));
    return client;
  };
  const openService = async (answerMs?: number): Promise<Client> => {
    const client = await open(answerMs);
    try {
      // Read anew each time, so that a password that was changed is used.
      const password = readFileSync(settings.bind.passwordFile, "utf8").replace(/\r?\n$/, "");
      if (password === "") throw new Error(`${settings.bind.passwordFile} is empty.`);
      await client.bind(settings.bind.name, password);
      return client;
    } catch (error) {
      await client.unbind().catch(() => undefined);
      throw error;
    }
  };
  const away = (error: unknown): DirectoryAway => {
    awayUntil = monotonic() + LEFT_ALONE_MS;
    return new DirectoryAway(error instanceof Error ? error.message : String(error));
  };
  const usable = async (): Promise<Client> => {
    if (monotonic() < awayUntil) throw new DirectoryAway("It did not answer a moment ago.");
    const known = await service?.catch(() => undefined);
    if (known?.isBound) return known;
    service = openService();
    try {
      return await service;
    } catch (error) {
      service = undefined;
      throw away(error);
    }
  };

  return {
    async search(base, options) {
      for (let attempt = 1; ; attempt += 1) {
        const client = await usable();
        try {
          const { searchEntries } = await client.search(base, options);
          return searchEntries.map(inLowerCase);
        } catch (error) {
          if (error instanceof ResultCodeError) {
            if (error.code === NO_SUCH_OBJECT) return [];
            throw away(error);
          }
          // The connection went while nobody used it: once more, on a new one.
          service = undefined;
          await client.unbind().catch(() => undefined);
          if (attempt > 1) throw away(error);
        }
      }
    },
    async eachPage(base, options, take) {
      const until = monotonic() + ALL_PAGES_MS;
      let client: Client | undefined;
      try {
        client = await openService(PAGE_MS);
        const pages = client.searchPaginated(base, { ...options, paged: { pageSize: PAGE_SIZE } });
        for await (const { searchEntries } of pages)
          if (!take(searchEntries.map(inLowerCase)) || monotonic() > until)
            return { isWhole: false };
        return { isWhole: true };
      } catch (error) {
        const code = error instanceof ResultCodeError ? error.code : undefined;
        if (code === NO_SUCH_OBJECT) return { isWhole: true };
        if (code !== undefined && NO_MORE.includes(code)) return { isWhole: false };
        throw new DirectoryAway(error instanceof Error ? error.message : String(error));
      } finally {
        await client?.unbind().catch(() => undefined);
      }
    },
    async bind(dn, password) {
      if (password === "") throw new Error("An empty password must be refused before.");
      if (monotonic() < awayUntil) throw new DirectoryAway("It did not answer a moment ago.");
      const policy = new PasswordPolicyControl();
      let client: Client | undefined;
      try {
        client = await open();
        await client.bind(dn, password, [policy]);
        return policy.value?.error === 2 ? "password-expired" : "right";
      } catch (error) {
        const code = error instanceof ResultCodeError ? error.code : undefined;
        const text = error instanceof Error ? error.message : "";
        const refusal = bindRefusal({ code, text, policyError: policy.value?.error });
        if (refusal === "away") throw away(error);
        return refusal;
      } finally {
        await client?.unbind().catch(() => undefined);
      }
    },
    async close() {
      const client = await service?.catch(() => undefined);
      await client?.unbind().catch(() => undefined);
    },
  };
}

function tlsOf({ url, caFile }: DirectorySettings): ConnectionOptions {
  const servername = new URL(url).hostname.replace(/^\[|\]$/g, "");
  return {
    // An address is checked against the certificate as it is; SNI takes names only (RFC 6066 §3).
    ...(/^[\d.]+$|:/.test(servername) ? { host: servername } : { servername }),
    minVersion: "TLSv1.2",
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
  };
}

function inLowerCase(entry: Entry): Entry {
  const named = Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { ...Object.fromEntries(named), dn: entry.dn };
}
