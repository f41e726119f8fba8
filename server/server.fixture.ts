import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { createLink, type Link } from "../link/client.ts";
import { type KeyPair, loadOrCreateKeyPair } from "../link/keys.ts";
import type { PersonInput } from "../protocol/admin.ts";
import { type Credential, EnrolReply } from "../protocol/credential.ts";
import { alice, bob, smallSite } from "./books.fixture.ts";
import { type RunningServer, type ServerOptions, startServer } from "./start-server.ts";

/** For tests: alice with 10.00 and bob, restricted, with 0.10. */
export const firstPeople: readonly PersonInput[] = [
  { login: "alice", displayName: "Alice", badges: [alice.card], credit: 100_000, language: "fr" },
  { login: "bob", badges: [bob.card], credit: 1_000, restricted: true, pin: "839201746581" },
];

export type Answer = { status: number; body: unknown; text: string };

/** A server on loopback with a folder of its own, and the ways in which others reach it. */
export type TestServer = {
  server: RunningServer;
  dataDir: string;
  lines: Record<string, unknown>[];
  call: (method: "GET" | "POST", path: string, body?: unknown, token?: string) => Promise<Answer>;
  admin: (method: "GET" | "POST", path: string, body?: unknown) => Promise<Answer>;
  /** Enrols a role with a code and gives its key, credential and link. */
  enrol: (
    role: "bridge" | "provider",
    subject: string,
    keyName?: string,
  ) => Promise<{ keys: KeyPair; credential: Credential; link: Link }>;
  linkOf: (credential: Credential, keys: KeyPair) => Link;
  restart: () => Promise<void>;
  close: () => Promise<void>;
};

export async function startTestServer(more: Partial<ServerOptions> = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), "guichet-server-"));
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: "debug" }, { write: (line) => void lines.push(JSON.parse(line)) });
  const links: Link[] = [];
  const start = () =>
    startServer({
      host: "127.0.0.1",
      port: 0,
      dataDir,
      site: smallSite,
      people: firstPeople,
      log,
      pollMs: 2_000,
      ...more,
    });
  let server = await start();
  const call: TestServer["call"] = async (method, path, body, token) => {
    const response = await fetch(new URL(path, server.url), {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, body: isJson ? JSON.parse(text) : undefined, text };
  };
  const admin: TestServer["admin"] = (method, path, body) =>
    call(method, path, body, readFileSync(server.adminTokenFile, "utf8").trim());
  const linkOf = (credential: Credential, { privateKey }: KeyPair): Link => {
    const link = createLink({
      baseUrl: server.url,
      audience: "server",
      credential,
      privateKey,
      timeoutMs: 10_000,
    });
    links.push(link);
    return link;
  };
  return {
    get server() {
      return server;
    },
    dataDir,
    lines,
    call,
    admin,
    linkOf,
    async enrol(role, subject, keyName = subject) {
      const keys = loadOrCreateKeyPair(join(dataDir, `${keyName}.pem`));
      const code = await admin("POST", "/api/admin/enrolment-codes", { role, subject });
      const { publicKey } = keys;
      const answer = await call("POST", "/api/enrol", {
        ...asCode(code.body),
        role,
        publicKey,
        ...(role === "provider" ? { url: `http://${subject}.test:9163` } : {}),
      });
      const { credential } = checked(EnrolReply, answer.body);
      return { keys, credential, link: linkOf(credential, keys) };
    },
    async restart() {
      await server.close();
      server = await start();
    },
    async close() {
      for (const link of links) link.close();
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The body, if it is what the schema says. */
export function checked<S extends TSchema>(schema: S, body: unknown): Static<S> {
  const form = Compile(schema);
  if (!form.Check(body))
    throw new Error(`Not of the agreed form: ${JSON.stringify(form.Errors(body)[0])}`);
  return body as Static<S>;
}

export function asCode(body: unknown): { code: string } {
  if (typeof body === "object" && body !== null && "code" in body)
    return { code: String(body.code) };
  throw new Error(`No code: ${JSON.stringify(body)}`);
}
