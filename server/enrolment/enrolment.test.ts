import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issueCredential } from "../../link/credential.ts";
import { LinkRefused } from "../../link/errors.ts";
import { loadOrCreateKeyPair } from "../../link/keys.ts";
import { BridgeSite } from "../../protocol/bridge-server.ts";
import { EnrolReply } from "../../protocol/credential.ts";
import { JobsPushReply } from "../../protocol/provider-server.ts";
import { uuid } from "../books.fixture.ts";
import { asCode, checked, startTestServer, type TestServer } from "../server.fixture.ts";
import { CODE_RANDOM_BYTES, codeFrom } from "./code.ts";

let clock: number;
let site: TestServer;
beforeEach(async () => {
  clock = 1_000_000;
  site = await startTestServer({ now: () => clock });
});
afterEach(() => site.close());

type Role = "bridge" | "provider";
const codeFor = async (subject: string, role: Role = "bridge"): Promise<string> =>
  asCode((await site.admin("POST", "/api/admin/enrolment-codes", { role, subject })).body).code;
const keysOf = (name: string) => loadOrCreateKeyPair(join(site.dataDir, `${name}.pem`));
const enrol = (code: string, publicKey: string, more: object = {}) =>
  site.call("POST", "/api/enrol", { code, role: "bridge", publicKey, ...more });
const isLetIn = async (
  link: TestServer["linkOf"] extends (...all: never[]) => infer L ? L : never,
) => {
  try {
    await link.get("/api/bridge/site", BridgeSite);
    return true;
  } catch (error) {
    if (error instanceof LinkRefused && error.status === 401) return false;
    throw error;
  }
};

describe("an enrolment code", () => {
  it("is good once, for one key, however it is typed", async () => {
    const code = await codeFor("lobby-bridge");
    expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    const typed = ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o")} `;
    const first = await enrol(typed, keysOf("one").publicKey);
    expect(checked(EnrolReply, first.body).serverPublicKey).toBe(site.server.publicKey);
    expect((await enrol(code, keysOf("two").publicKey)).status).toBe(403);
    // The answer may have been lost: the same key gets the same credential again.
    expect((await enrol(code, keysOf("one").publicKey)).body).toEqual(first.body);
  });

  it("is not good for another role, after its time, or after a newer one", async () => {
    const { publicKey } = keysOf("one");
    const code = await codeFor("lobby-bridge");
    expect((await enrol(code, publicKey, { role: "provider" })).status).toBe(403);
    const newer = await codeFor("lobby-bridge");
    expect((await enrol(code, publicKey)).status).toBe(403);
    clock += 15 * 60_000 + 1;
    expect((await enrol(newer, publicKey)).status).toBe(403);
  });

  it("cannot be found by trying: after ten wrong ones there is a wait", async () => {
    const code = await codeFor("lobby-bridge");
    const { publicKey } = keysOf("one");
    for (let n = 0; n < 10; n += 1)
      expect((await enrol(`AAAA-AAAA-AA${n + 10}`, publicKey)).status).toBe(403);
    expect((await enrol(code, publicKey)).status).toBe(429);
  });

  it("is refused for a name of another role, and for the server's own", async () => {
    await site.enrol("provider", "spool");
    const ask = async (subject: string) =>
      (await site.admin("POST", "/api/admin/enrolment-codes", { role: "bridge", subject })).status;
    expect(await ask("spool")).toBe(409);
    expect(await ask("server")).toBe(409);
    expect(await ask("../etc")).toBe(400);
  });

  it("gives nothing for a key that is none, or an address that is none", async () => {
    const code = await codeFor("spool", "provider");
    expect((await enrol(code, "AAAA", { role: "provider" })).status).toBe(403);
    const { publicKey } = keysOf("one");
    const url = "javascript:alert(1)";
    expect((await enrol(code, publicKey, { role: "provider", url })).status).toBe(403);
    const good = { role: "provider", url: "http://spool.test:9163" };
    expect((await enrol(code, publicKey, good)).status).toBe(200);
  });

  it("is written in letters that are not mistaken for one another", () => {
    const every = Uint8Array.from({ length: CODE_RANDOM_BYTES }, (_, i) => i * 23);
    expect(codeFrom(every)).not.toMatch(/[ILOU]/);
  });
});

describe("a credential", () => {
  it("of an older enrolment ends when the name is enrolled anew", async () => {
    const first = await site.enrol("bridge", "lobby-bridge", "old-disk");
    expect(await isLetIn(first.link)).toBe(true);
    const second = await site.enrol("bridge", "lobby-bridge", "new-disk");
    expect(await isLetIn(second.link)).toBe(true);
    expect(await isLetIn(first.link)).toBe(false);
  });

  it("ends at once when it is revoked, also across a restart, until the next enrolment", async () => {
    const { link, credential, keys } = await site.enrol("bridge", "lobby-bridge");
    expect(await isLetIn(link)).toBe(true);
    const path = "/api/admin/enrolled/lobby-bridge/revoke";
    expect((await site.admin("POST", path)).status).toBe(200);
    expect((await site.admin("POST", path)).status).toBe(404);
    expect(await isLetIn(link)).toBe(false);
    await site.restart();
    expect(await isLetIn(site.linkOf(credential, keys))).toBe(false);
    expect(await isLetIn((await site.enrol("bridge", "lobby-bridge")).link)).toBe(true);
  });

  it("that this server signed for a name it does not know is refused", async () => {
    const server = loadOrCreateKeyPair(join(site.dataDir, "server-key.pem"));
    const keys = keysOf("stranger");
    const body = { subject: "stranger", role: "bridge" as const, generation: 1 };
    const credential = issueCredential({ ...body, publicKey: keys.publicKey }, server.privateKey);
    expect(await isLetIn(site.linkOf(credential, keys))).toBe(false);
  });

  it("cannot be had twice for one key under two names", async () => {
    await site.enrol("bridge", "lobby-bridge", "shared");
    const code = await codeFor("far-bridge");
    expect((await enrol(code, keysOf("shared").publicKey)).body).toMatchObject({
      sentence: expect.stringContaining("lobby-bridge"),
    });
  });

  it("of a provider with a new spool starts its list of jobs anew", async () => {
    const push = { after: 0, upTo: 40, jobs: [], gone: [uuid("f", 1)] };
    const { link } = await site.enrol("provider", "spool");
    expect((await link.post("/api/provider/jobs", push, JobsPushReply)).revision).toBe(40);
    const { link: anew } = await site.enrol("provider", "spool", "new-disk");
    expect((await anew.post("/api/provider/jobs", push, JobsPushReply)).revision).toBe(40);
  });
});
