import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCertificate, type TlsPair } from "./certificate.ts";
import { createHttp, textOf } from "./http.ts";
import { type KeyPair, loadOrCreateKeyPair } from "./keys.ts";
import { closeTls, listenTls } from "./listen-tls.ts";
import { registerTlsVoucher } from "./tls-vouching.ts";

let folder = "";
const closes: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guichet-tls-"));
});
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true });
});

const keysOf = (name: string) => loadOrCreateKeyPair(join(folder, `${name}.pem`));
const pairOf = (now = Date.now()) => openCertificate({ folder, names: [], now });

/** A role that vouches for `vouched` and shows `shown`; counts what reaches it. */
async function role(given: { keys: KeyPair; shown: TlsPair; vouched?: TlsPair; port?: number }) {
  const app: FastifyInstance = fastify();
  const heard: string[] = [];
  const { keys, shown, vouched = shown } = given;
  registerTlsVoucher(app, { subject: "server", privateKey: keys.privateKey, pair: vouched });
  app.post("/secret", (request) => {
    heard.push(request.headers.authorization ?? "");
    return { ok: true };
  });
  const place = { host: "127.0.0.1", port: given.port ?? 0, who: "the server" };
  const { server, url, port } = await listenTls(app, { ...place, pair: shown });
  const close = async () => {
    await closeTls(server);
    await app.close();
  };
  closes.push(close);
  return { url, port, heard, close };
}

function caller(publicKey: string) {
  const http = createHttp({ subject: "server", publicKey });
  closes.push(() => http.close());
  return async (url: string): Promise<string> => {
    const response = await http.send({
      method: "POST",
      url: new URL("/secret", url),
      headers: { authorization: "Bearer secret" },
      body: "{}",
      timeoutMs: 5_000,
    });
    return textOf(response);
  };
}

test("a role that vouches for its TLS key is spoken to, without any authority", async () => {
  const keys = keysOf("server");
  const { url, heard } = await role({ keys, shown: await pairOf() });
  expect(await caller(keys.publicKey)(url)).toBe('{"ok":true}');
  expect(heard).toEqual(["Bearer secret"]);
});

test("nothing secret reaches who cannot vouch with the key that is known", async () => {
  const { url, heard } = await role({ keys: keysOf("impostor"), shown: await pairOf() });
  await expect(caller(keysOf("server").publicKey)(url)).rejects.toThrow(/not that of "server"/);
  expect(heard).toEqual([]);
});

test("nor who repeats another's voucher and shows a certificate of its own", async () => {
  const keys = keysOf("server");
  const real = await pairOf();
  const elsewhere = mkdtempSync(join(tmpdir(), "guichet-tls-"));
  closes.push(() => rmSync(elsewhere, { recursive: true }));
  const shown = await openCertificate({ folder: elsewhere, names: [], now: Date.now() });
  const { url, heard } = await role({ keys, shown, vouched: real });
  await expect(caller(keys.publicKey)(url)).rejects.toThrow(/not that of "server"/);
  expect(heard).toEqual([]);
});

test("a new TLS key that is vouched for is taken without anybody's doing", async () => {
  const keys = keysOf("server");
  const call = caller(keys.publicKey);
  const first = await role({ keys, shown: await pairOf() });
  await call(first.url);
  await first.close();
  rmSync(join(folder, "tls-key.pem"));
  const second = await role({ keys, shown: await pairOf(), port: first.port });
  expect(await call(second.url)).toBe('{"ok":true}');
});
