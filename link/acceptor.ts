import type { CredentialBody, SessionRequest } from "../protocol/credential.ts";
import { readCredential } from "./credential.ts";
import { verifyBytes } from "./keys.ts";

export const SESSION_LABEL = "guichet-session-1";
const NONCES_AT_MOST = 1000;
const NONCE_MS = 60_000;
const SESSIONS_AT_MOST = 20_000;

export type AcceptorOptions = {
  /** Who is being spoken to: `server`, or the provider's id. Keeps a signature from being replayed elsewhere. */
  audience: string;
  serverPublicKey: () => string;
  /** The newest generation seen of each subject, kept durably: an older credential is refused. */
  generations: {
    newest: (subject: string) => number;
    remember: (subject: string, generation: number) => void;
  };
  /** Monotonic milliseconds. */
  now: () => number;
  random: (bytes: number) => Uint8Array;
  sessionSeconds?: number;
};

export type Opened =
  | { kind: "opened"; token: string; lastsSeconds: number }
  | { kind: "refused"; sentence: string };

export type Acceptor = {
  nonce: () => string;
  open: (request: SessionRequest) => Opened;
  who: (authorization: string | undefined) => CredentialBody | undefined;
  forget: (subject: string) => void;
};

/**
 * The accepting side of a link: gives nonces, opens sessions for holders of a credential that sign
 * one, and tells whose a bearer token is. Tokens live in memory only, so a restart ends every
 * session; the other side then opens a new one by itself.
 */
export function createAcceptor(options: AcceptorOptions): Acceptor {
  const { audience, serverPublicKey, generations, now, random, sessionSeconds = 3600 } = options;
  const nonces = new Map<string, number>();
  const sessions = new Map<string, { who: CredentialBody; until: number }>();

  return {
    nonce() {
      dropOldest(nonces, NONCES_AT_MOST - 1);
      const nonce = Buffer.from(random(32)).toString("base64url");
      nonces.set(nonce, now() + NONCE_MS);
      return nonce;
    },

    open({ credential, nonce, signature }) {
      const until = nonces.get(nonce);
      nonces.delete(nonce);
      if (until === undefined || until < now())
        return refused("The nonce is not known here, or too old.");
      const who = readCredential(credential, serverPublicKey());
      if (!who) return refused("The credential was not signed by this site's server.");
      if (!verifyBytes(who.publicKey, SESSION_LABEL, signature, audience, nonce))
        return refused("The signature does not belong to the credential.");
      const newest = generations.newest(who.subject);
      if (who.generation < newest)
        return refused(`The credential of ${who.subject} was replaced by a newer enrolment.`);
      if (who.generation > newest) {
        generations.remember(who.subject, who.generation);
        endSessionsOf(sessions, who.subject);
      }
      dropOldest(sessions, SESSIONS_AT_MOST - 1);
      const token = Buffer.from(random(32)).toString("base64url");
      sessions.set(token, { who, until: now() + sessionSeconds * 1000 });
      return { kind: "opened", token, lastsSeconds: sessionSeconds };
    },

    who(authorization) {
      if (!authorization?.startsWith("Bearer ")) return undefined;
      const token = authorization.slice("Bearer ".length);
      const session = sessions.get(token);
      if (!session) return undefined;
      if (session.until >= now()) return session.who;
      sessions.delete(token);
      return undefined;
    },

    forget: (subject) => endSessionsOf(sessions, subject),
  };
}

function refused(sentence: string): Opened {
  return { kind: "refused", sentence };
}

function endSessionsOf(sessions: Map<string, { who: CredentialBody }>, subject: string): void {
  for (const [token, { who }] of sessions) if (who.subject === subject) sessions.delete(token);
}

/** A Map keeps the order of insertion: the first keys are the oldest. */
function dropOldest(map: Map<string, unknown>, keep: number): void {
  for (const key of map.keys()) {
    if (map.size <= keep) return;
    map.delete(key);
  }
}
