import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as soon } from "node:timers/promises";
import fastify, { type FastifyReply } from "fastify";
import { pino } from "pino";
import { attribute, mimeMediaType, name, operationGroup, uri } from "../ipp/build.ts";
import { decode } from "../ipp/decode.ts";
import { encode } from "../ipp/encode.ts";
import type { IppAttribute, IppGroup, IppMessage } from "../ipp/message.ts";
import { groupOf, integerOf } from "../ipp/read.ts";
import { groupTag } from "../ipp/tags.ts";
import { createAcceptor } from "../link/acceptor.ts";
import { createLink, type Link } from "../link/client.ts";
import { issueCredential } from "../link/credential.ts";
import { listen } from "../link/listen.ts";
import { authenticated, registerSessionRoutes } from "../link/routes.ts";
import type { JobSummary, JobsPush, ProviderSite } from "../protocol/provider-server.ts";
import { type ProviderOptions, type RunningProvider, startProvider } from "./start-provider.ts";

/** Closes what a test started, the last first. */
export type Closing = { add: (close: () => unknown) => void; all: () => Promise<void> };

export function closing(): Closing {
  const closes: (() => unknown)[] = [];
  return {
    add: (close) => closes.push(close),
    all: async () => {
      for (const close of closes.splice(0).reverse()) await close();
    },
  };
}

export interface KeyPairForTest {
  readonly privateKey: KeyObject;
  readonly publicKey: string;
}

export function newKeyPair(): KeyPairForTest {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(12);
  return { privateKey, publicKey: raw.toString("base64url") };
}

const queue = { provider: "main", info: "", devices: ["mfp"], holdHours: 24 };
export const siteForTest: ProviderSite = {
  revision: 1,
  organisation: "School",
  queues: [
    { ...queue, name: "find-me", kind: "virtual", devices: [] },
    { ...queue, name: "direct", kind: "direct" },
  ],
  deviceBridges: { mfp: "lobby" },
};

/** The provider's side of a server: its list of jobs, by the same routes and the real link. */
export interface ServerForTest {
  readonly url: string;
  readonly keys: KeyPairForTest;
  readonly jobs: Map<string, JobSummary>;
  setSite(site: ProviderSite): void;
  /** Resolves when the list of jobs fulfils something. */
  until(fulfilled: (jobs: Map<string, JobSummary>) => boolean): Promise<void>;
  /** Forgets all that it was told, as one put back to an older copy does. */
  forget(revision: number): void;
}

export async function startServerForTest(close: Closing): Promise<ServerForTest> {
  const keys = newKeyPair();
  const jobs = new Map<string, JobSummary>();
  const listeners = new Set<() => void>();
  let site = siteForTest;
  let revision = 0;
  const acceptor = createAcceptor({
    audience: "server",
    serverPublicKey: () => keys.publicKey,
    generations: { newest: () => 0, remember: () => undefined },
    now: () => performance.now(),
    random: randomBytes,
  });
  const app = fastify({ forceCloseConnections: true });
  registerSessionRoutes(app, acceptor);
  const preHandler = authenticated(acceptor, "provider");
  const told = (): void => {
    for (const listener of [...listeners]) listener();
  };
  app.post<{ Body: JobsPush }>("/api/provider/jobs", { preHandler }, ({ body }) => {
    if (body.after === revision) {
      for (const job of body.jobs) jobs.set(job.jobId, job);
      for (const id of body.gone) jobs.delete(id);
      revision = body.upTo;
      told();
    }
    return { revision };
  });
  app.get<{ Querystring: { after: string } }>(
    "/api/provider/site",
    { preHandler },
    async (request, reply) => {
      if (Number(request.query.after) === site.revision)
        await new Promise<void>((resolve) => {
          listeners.add(function changed() {
            if (Number(request.query.after) === site.revision) return;
            listeners.delete(changed);
            resolve();
          });
          reply.raw.once("close", () => resolve());
        });
      return site;
    },
  );
  // Nobody's address is ever made here: whoever asks waits.
  const waiting = (reply: FastifyReply) => new Promise((end) => reply.raw.once("close", end));
  app.get("/api/provider/addresses", { preHandler }, (_request, reply) => waiting(reply));
  const { url } = await listen(app, { host: "127.0.0.1", port: 0, who: "the fixture" });
  close.add(() => app.close());
  return {
    url,
    keys,
    jobs,
    setSite: (next) => {
      site = next;
      told();
    },
    until: (fulfilled) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!fulfilled(jobs)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    forget: (to) => {
      jobs.clear();
      revision = to;
    },
  };
}

/** A provider on loopback with a folder of its own, known to the server. */
export async function startProviderForTest(
  close: Closing,
  server: ServerForTest,
  options: Partial<ProviderOptions> = {},
): Promise<RunningProvider & { dataDir: string }> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "guichet-provider-"));
  if (options.dataDir === undefined)
    close.add(() => rmSync(dataDir, { recursive: true, force: true }));
  const keys = newKeyPair();
  const body = {
    subject: "main",
    role: "provider",
    publicKey: keys.publicKey,
    generation: 1,
  } as const;
  const provider = await startProvider({
    id: "main",
    host: "127.0.0.1",
    port: 0,
    serverUrl: server.url,
    identity: {
      credential: issueCredential(body, server.keys.privateKey),
      privateKey: keys.privateKey,
      serverPublicKey: server.keys.publicKey,
    },
    log: pino({ level: "silent" }),
    postScript: false,
    ...options,
    limits: { diskReserveBytes: 1, ...options.limits },
    dataDir,
  });
  close.add(() => provider.close());
  await serving(provider);
  return { ...provider, dataDir };
}

/** A new provider hears from the server what it serves; until then it has no queues. */
async function serving(provider: RunningProvider): Promise<void> {
  for (;;) {
    const health: unknown = await (await fetch(`${provider.url}/healthz`)).json();
    if (JSON.stringify(health).includes('"queues":0')) await soon(10);
    else return;
  }
}

/** A bridge's link to a provider. */
export function linkForTest(
  close: Closing,
  parts: { server: ServerForTest; provider: RunningProvider; bridge?: string; generation?: number },
): Link {
  const { server, provider, bridge = "lobby", generation = 1 } = parts;
  const keys = newKeyPair();
  const body = { subject: bridge, role: "bridge", publicKey: keys.publicKey, generation } as const;
  const link = createLink({
    baseUrl: provider.url,
    audience: "main",
    credential: issueCredential(body, server.keys.privateKey),
    privateKey: keys.privateKey,
    timeoutMs: 10_000,
  });
  close.add(() => link.close());
  return link;
}

export interface Ask {
  readonly code: number;
  readonly queue?: string;
  readonly user?: string;
  readonly operation?: readonly IppAttribute[];
  readonly job?: readonly IppAttribute[];
  readonly document?: Uint8Array;
  readonly host?: string;
}

/** The bytes of a request to a queue. */
export function requestBytes(ask: Ask): Buffer {
  const { code, queue: to = "find-me", user = "alice", operation = [], job = [] } = ask;
  const groups: IppGroup[] = [
    operationGroup([
      attribute("printer-uri", uri(`ipp://localhost/printers/${to}`)),
      attribute("requesting-user-name", name(user)),
      ...operation,
    ]),
    ...(job.length === 0 ? [] : [{ tag: groupTag.job, attributes: job }]),
  ];
  const message = encode({ version: { major: 2, minor: 0 }, code, requestId: 7, groups });
  return Buffer.concat([message, ask.document ?? new Uint8Array()]);
}

/** Posts bytes as an IPP request; gives the status and the body of the answer. */
export function post(
  url: string,
  body: Uint8Array,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      { method: "POST", headers: { "content-type": "application/ipp", ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }),
        );
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

/** Asks a queue; gives its answer, decoded. */
export async function ask(provider: { url: string }, asked: Ask): Promise<IppMessage> {
  const url = `${provider.url}/printers/${asked.queue ?? "find-me"}`;
  const headers: Record<string, string> = asked.host === undefined ? {} : { host: asked.host };
  const { status, body } = await post(url, requestBytes(asked), headers);
  const answer = decode(body);
  if (status !== 200 || answer.kind !== "complete")
    throw new Error(`HTTP ${status}: ${body.toString()}`);
  return answer.message;
}

export const jobOf = (message: IppMessage) => groupOf(message, groupTag.job);
export const jobIdOf = (message: IppMessage) => integerOf(jobOf(message), "job-id") ?? 0;
export const pdfFormat = attribute("document-format", mimeMediaType("application/pdf"));

/** A PDF whose pages each hold one line; colour pages draw in red. */
export function pdfOf(pages: readonly ("grey" | "colour")[]): Buffer {
  const kids = pages.map((_, index) => `${3 + index * 2} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    ...pages.flatMap((colour, index) => {
      const content = `${colour === "colour" ? "1 0 0 rg" : "0 g"} 72 72 100 100 re f`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents ${4 + index * 2} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let text = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join("")}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\n`;
  return Buffer.from(`${text}${xref}${trailer}startxref\n${text.length}\n%%EOF\n`, "latin1");
}
