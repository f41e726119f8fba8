import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { Type } from "typebox";
import { afterEach, expect, test } from "vitest";
import { createAcceptor } from "./acceptor.ts";
import { createLink, type Link } from "./client.ts";
import { issueCredential, readCredential } from "./credential.ts";
import { LinkRefused, LinkUnreachable } from "./errors.ts";
import { loadOrCreateKeyPair, signBytes, verifyBytes } from "./keys.ts";
import { authenticated, callerOf, registerSessionRoutes } from "./routes.ts";

const folder = mkdtempSync(join(tmpdir(), "guichet-link-"));
const server = loadOrCreateKeyPair(join(folder, "server.pem"));
const bridge = loadOrCreateKeyPair(join(folder, "bridge.pem"));
const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
});

const credentialOf = (generation: number, role: "bridge" | "provider" = "bridge") =>
  issueCredential(
    { subject: "lobby-bridge", role, publicKey: bridge.publicKey, generation },
    server.privateKey,
  );

const Hello = Type.Object({ subject: Type.String() });

async function startApp(
  port = 0,
  newest = new Map<string, number>(),
): Promise<{ app: FastifyInstance; url: string; port: number }> {
  const acceptor = createAcceptor({
    audience: "server",
    serverPublicKey: () => server.publicKey,
    generations: {
      newest: (subject) => newest.get(subject) ?? 0,
      remember: (subject, generation) => newest.set(subject, generation),
    },
    now: () => performance.now(),
    random: randomBytes,
  });
  const app = fastify();
  registerSessionRoutes(app, acceptor);
  app.post("/hello", { preHandler: authenticated(acceptor, "bridge") }, (request) => ({
    subject: callerOf(request).subject,
  }));
  app.get("/document", { preHandler: authenticated(acceptor, "bridge") }, (_request, reply) => {
    reply.header("content-length", "5");
    return reply.send(Buffer.from("bytes"));
  });
  await app.listen({ host: "127.0.0.1", port });
  open.push(app);
  const url = app.listeningOrigin;
  return { app, url, port: Number(new URL(url).port) };
}

function linkTo(baseUrl: string, credential = credentialOf(1), audience = "server"): Link {
  const link = createLink({
    baseUrl,
    audience,
    credential,
    privateKey: bridge.privateKey,
    timeoutMs: 5000,
  });
  open.push(link);
  return link;
}

test("a holder of a credential is let in, and the route knows who it is", async () => {
  const { url } = await startApp();
  expect(await linkTo(url).post("/hello", {}, Hello)).toEqual({ subject: "lobby-bridge" });
});

test("a restart of the other side ends the session, and the link opens a new one by itself", async () => {
  const first = await startApp();
  const link = linkTo(first.url);
  await link.post("/hello", {}, Hello);
  await first.app.close();
  await startApp(first.port);
  expect(await link.post("/hello", {}, Hello)).toEqual({ subject: "lobby-bridge" });
});

test("a document streams with its length", async () => {
  const { url } = await startApp();
  const { length, body } = await linkTo(url).stream("/document", {});
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
  expect([length, Buffer.concat(chunks).toString()]).toEqual([5, "bytes"]);
});

test("an older generation, another role, another audience or another server's credential is refused", async () => {
  const { url } = await startApp(0, new Map([["lobby-bridge", 2]]));
  const strange = loadOrCreateKeyPair(join(folder, "strange.pem"));
  const forged = issueCredential(
    { subject: "lobby-bridge", role: "bridge", publicKey: bridge.publicKey, generation: 9 },
    strange.privateKey,
  );
  for (const link of [
    linkTo(url, credentialOf(1)),
    linkTo(url, forged),
    linkTo(url, credentialOf(3), "provider"),
  ])
    await expect(link.post("/hello", {}, Hello)).rejects.toThrow(LinkRefused);
  await expect(linkTo(url, credentialOf(3, "provider")).post("/hello", {}, Hello)).rejects.toThrow(
    "Only a bridge",
  );
});

test("a newer enrolment ends the sessions of the older one", async () => {
  const { url } = await startApp();
  const older = linkTo(url, credentialOf(1));
  await older.post("/hello", {}, Hello);
  await linkTo(url, credentialOf(2)).post("/hello", {}, Hello);
  await expect(older.post("/hello", {}, Hello)).rejects.toThrow("newer enrolment");
});

test("a nonce is good for one try", async () => {
  const { url } = await startApp();
  const post = async (path: string, body: unknown) =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const { nonce } = (await (await post("/api/session/nonce", {})).json()) as { nonce: string };
  const request = {
    credential: credentialOf(1),
    nonce,
    signature: signBytes(bridge.privateKey, "guichet-session-1", "server", nonce),
  };
  expect((await post("/api/session", request)).status).toBe(200);
  expect((await post("/api/session", request)).status).toBe(401);
});

test("nobody there is unreachable, not refused", async () => {
  const { url, app } = await startApp();
  await app.close();
  await expect(linkTo(url).post("/hello", {}, Hello)).rejects.toThrow(LinkUnreachable);
});

test("a key file is made once and is its owner's alone; a changed credential is not believed", () => {
  expect(statSync(join(folder, "server.pem")).mode & 0o777).toBe(0o600);
  expect(loadOrCreateKeyPair(join(folder, "server.pem")).publicKey).toBe(server.publicKey);
  const credential = credentialOf(1);
  const body = Buffer.from(
    Buffer.from(credential.body, "base64url")
      .toString()
      .replace('"generation":1', '"generation":7'),
  ).toString("base64url");
  expect(readCredential({ ...credential, body }, server.publicKey)).toBeUndefined();
  expect(
    verifyBytes(server.publicKey, "a", signBytes(server.privateKey, "a", "b", "c"), "bc"),
  ).toBe(false);
  rmSync(folder, { recursive: true });
});
