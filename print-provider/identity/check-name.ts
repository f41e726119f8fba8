import type { NameReply } from "../../protocol/provider-people.ts";
import { forgetOldest } from "../../storage/forget-oldest.ts";
import type { Database } from "../../storage/open-database.ts";
import { ownerKey } from "../jobs/owner-name.ts";
import { findKnown, forgetPerson, rememberName } from "./known-people.ts";

/** Whether a name is a person's: their log-in name as the site writes it, or nobody's. */
export type CheckName = (name: string) => Promise<string | undefined>;

const rememberedMs = { person: 15 * 60_000, nobody: 60_000 } as const;
const rememberedMost = 10_000;
const askedMost = 32;

/**
 * Makes the check whether a name that a client told is anybody's. The server is asked, which looks into
 * the directory, too; while it is away, those it once knew are known. `ask` throws while it is.
 */
export function createNameCheck(parts: {
  db: Database;
  ask: (name: string) => Promise<NameReply>;
  now: () => number;
  monotonic: () => number;
}): CheckName {
  const { db, ask, now, monotonic } = parts;
  const remembered = new Map<string, { login: string | undefined; until: number }>();
  const asking = new Map<string, Promise<string | undefined>>();

  const remember = (key: string, login: string | undefined): void => {
    const ms = login === undefined ? rememberedMs.nobody : rememberedMs.person;
    remembered.delete(key);
    remembered.set(key, { login, until: monotonic() + ms });
    forgetOldest(remembered, rememberedMost);
  };
  const answer = async (name: string): Promise<string | undefined> => {
    const reply = await ask(name).catch((): NameReply => ({ kind: "unknown" }));
    if (reply.kind === "unknown") return findKnown(db, name)?.login;
    const login = reply.kind === "person" ? reply.login : undefined;
    if (login === undefined) forgetPerson(db, name);
    else rememberName(db, login, now());
    remember(ownerKey(name), login);
    return login;
  };
  return (name) => {
    const key = ownerKey(name);
    const known = remembered.get(key);
    if (known !== undefined && known.until >= monotonic()) return Promise.resolve(known.login);
    const open = asking.get(key);
    if (open !== undefined) return open;
    if (asking.size >= askedMost) return Promise.resolve(findKnown(db, name)?.login);
    const found = answer(name).finally(() => asking.delete(key));
    asking.set(key, found);
    return found;
  };
}
