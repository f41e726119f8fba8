import type { KeyObject } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { type Credential, NonceReply, SessionReply } from "../protocol/credential.ts";
import { Refusal } from "../protocol/refusal.ts";
import { SESSION_LABEL } from "./acceptor.ts";
import { LinkRefused, LinkUnreachable } from "./errors.ts";
import { createHttp, textOf } from "./http.ts";
import { signBytes } from "./keys.ts";

export type LinkOptions = {
  baseUrl: string;
  /** `server`, or the id of the provider that is spoken to. */
  audience: string;
  credential: Credential;
  privateKey: KeyObject;
  /** The Ed25519 key of the other side, by which its TLS key is vouched for; else an authority is asked. */
  peerKey?: string;
  timeoutMs: number;
};

export type CallOptions = { timeoutMs?: number; signal?: AbortSignal };

export type Link = {
  /** Posts JSON. Throws `LinkUnreachable` if nobody can know what became of it, `LinkRefused` for a no. */
  post: <S extends TSchema>(
    path: string,
    body: unknown,
    reply: S,
    options?: CallOptions,
  ) => Promise<Static<S>>;
  get: <S extends TSchema>(path: string, reply: S, options?: CallOptions) => Promise<Static<S>>;
  /** The body of an answer as it arrives; its end before `length` bytes is an error of the stream. */
  stream: (
    path: string,
    headers: Record<string, string>,
    options?: CallOptions,
  ) => Promise<{ length: number; body: Readable }>;
  close: () => void;
};

type Validator = { Check: (value: unknown) => boolean };
const compiled = new WeakMap<TSchema, Validator>();

/** The calling side of a link between two roles; it opens and renews its session by itself. */
export function createLink(options: LinkOptions): Link {
  const { baseUrl, audience, credential, privateKey, peerKey, timeoutMs } = options;
  const http = createHttp(
    peerKey === undefined ? undefined : { subject: audience, publicKey: peerKey },
  );
  let session: Promise<string> | undefined;
  /** That of `session`, once it is there: a call then leaves in the same turn as it is made. */
  let token: string | undefined;

  const plain = (
    path: string,
    body: unknown,
    headers: Record<string, string>,
    call: CallOptions,
    method: "GET" | "POST" = "POST",
  ) =>
    http.send({
      method,
      url: new URL(path, baseUrl),
      headers,
      body: method === "POST" ? JSON.stringify(body) : undefined,
      timeoutMs: call.timeoutMs ?? timeoutMs,
      signal: call.signal,
    });

  async function openSession(): Promise<string> {
    const nonce = (await parsed(await plain("/api/session/nonce", {}, {}, {}), NonceReply)).nonce;
    const signature = signBytes(privateKey, SESSION_LABEL, audience, nonce);
    const reply = await plain("/api/session", { credential, nonce, signature }, {}, {});
    return (await parsed(reply, SessionReply)).token;
  }

  async function openedSession(): Promise<string> {
    session ??= openSession();
    const opening = session;
    try {
      token = await opening;
      return token;
    } catch (error) {
      if (session === opening) session = undefined;
      throw error;
    }
  }

  /** One call within a session; a session that the other side no longer knows is opened anew, once. */
  async function withSession(
    send: (token: string) => Promise<IncomingMessage>,
  ): Promise<IncomingMessage> {
    for (let again = false; ; again = true) {
      const used = token ?? (await openedSession());
      const response = await send(used);
      if (response.statusCode !== 401 || again) return response;
      response.resume();
      if (token === used) token = session = undefined;
    }
  }

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  return {
    async post(path, body, reply, call = {}) {
      return parsed(await withSession((token) => plain(path, body, bearer(token), call)), reply);
    },
    async get(path, reply, call = {}) {
      return parsed(
        await withSession((token) => plain(path, undefined, bearer(token), call, "GET")),
        reply,
      );
    },
    async stream(path, headers, call = {}) {
      const response = await withSession((token) =>
        plain(path, undefined, { ...headers, ...bearer(token) }, call, "GET"),
      );
      if (response.statusCode !== 200) throw await refusalOf(response);
      const length = Number(response.headers["content-length"]);
      if (!Number.isSafeInteger(length)) {
        response.destroy();
        throw new LinkUnreachable("The other side did not say how long the document is.");
      }
      return { length, body: response };
    },
    close: () => http.close(),
  };
}

async function parsed<S extends TSchema>(response: IncomingMessage, schema: S): Promise<Static<S>> {
  if (response.statusCode !== 200) throw await refusalOf(response);
  const text = await textOf(response);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LinkUnreachable("The answer is not JSON: is this address really Guichet's?", {
      cause: error,
    });
  }
  let validator = compiled.get(schema);
  if (!validator) {
    validator = Compile(schema);
    compiled.set(schema, validator);
  }
  if (!validator.Check(value))
    throw new LinkUnreachable(
      "The answer is not of the agreed form: are both sides of the same version?",
    );
  return value as Static<S>;
}

const refusal = Compile(Refusal);

/** A 5xx says nothing certain about what was done, so it counts as unreachable. */
async function refusalOf(response: IncomingMessage): Promise<Error> {
  const status = response.statusCode ?? 0;
  const text = await textOf(response);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const known = refusal.Check(value) ? (value as Refusal) : undefined;
  if (status >= 500 && known?.error !== "no-space")
    return new LinkUnreachable(known?.sentence ?? `The other side answered ${status}.`);
  return new LinkRefused(
    status,
    known ?? { error: "bad-request", sentence: `The other side answered ${status}.` },
  );
}
