import { createHash, timingSafeEqual } from "node:crypto";
import { forgetOldest } from "../../storage/forget-oldest.ts";

/** Somebody who signed in on the web page. */
export interface WebSession {
  readonly login: string;
  /** What a form of theirs must carry, so that no other page's form is taken for it. */
  readonly formToken: string;
}

export interface WebSessions {
  /** Gives the secret that the browser shows from now on. */
  open(login: string): string;
  find(secret: string): WebSession | undefined;
  close(secret: string): void;
}

const idleMs = 30 * 60_000;
const longestMs = 8 * 3_600_000;
const most = 5_000;
const mostOfOne = 10;

/**
 * Sessions of the web page, in memory only: a restart ends them all. They end after half an hour without
 * a request, or eight hours. `now` is monotonic milliseconds.
 */
export function createWebSessions(parts: {
  random: (bytes: number) => Uint8Array;
  now: () => number;
}): WebSessions {
  const { random, now } = parts;
  const open = new Map<string, WebSession & { begun: number; seen: number }>();
  const secret = () => Buffer.from(random(32)).toString("base64url");
  const keyOf = (shown: string) => createHash("sha256").update(shown).digest("base64");
  const isOver = ({ begun, seen }: { begun: number; seen: number }) =>
    now() - seen > idleMs || now() - begun > longestMs;

  return {
    open(login) {
      const own: string[] = [];
      for (const [key, session] of open)
        if (isOver(session)) open.delete(key);
        else if (session.login === login) own.push(key);
      if (own.length >= mostOfOne) open.delete(own[0] ?? "");
      const shown = secret();
      open.set(keyOf(shown), { login, formToken: secret(), begun: now(), seen: now() });
      forgetOldest(open, most);
      return shown;
    },
    find(shown) {
      const key = keyOf(shown);
      const session = open.get(key);
      if (session === undefined) return undefined;
      if (isOver(session)) {
        open.delete(key);
        return undefined;
      }
      session.seen = now();
      return session;
    },
    close: (shown) => void open.delete(keyOf(shown)),
  };
}

/** Whether a form carries its session's token; takes the same time for every wrong one. */
export function isOwnForm({ formToken }: WebSession, given: string | undefined): boolean {
  const [own, other] = [Buffer.from(formToken), Buffer.from(given ?? "")];
  return own.length === other.length && timingSafeEqual(own, other);
}
