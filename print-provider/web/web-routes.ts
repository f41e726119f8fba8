import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isPrivate } from "../../link/is-private.ts";
import { asGuard } from "../../link/route-guards.ts";
import type { Queue } from "../../protocol/site.ts";
import type { PasswordVerdict } from "../identity/decide-identity.ts";
import { plainAddress } from "../intake/trusted-networks.ts";
import { findJob } from "../jobs/find-jobs.ts";
import type { ProviderContext } from "../provider-context.ts";
import { type Gathering, gatherPage, textWithoutPage } from "./gather-page.ts";
import { cookieOf, isFromOwnPage, shownSecret } from "./own-page.ts";
import { type Problem, pageOf } from "./page.ts";
import { boundaryOf } from "./read-parts.ts";
import { takeForm } from "./take-form.ts";
import { isOwnForm, type WebSession, type WebSessions } from "./web-sessions.ts";
import { languageOf } from "./words.ts";

export interface WebParts extends Gathering {
  readonly sessions: WebSessions;
  readonly checkPassword: (asked: {
    login: string;
    password: string;
    address: string;
  }) => Promise<PasswordVerdict>;
  /** It speaks for others, and never for itself. */
  readonly isServiceAccount: (login: string) => boolean;
  readonly isOwnHost: (host: string | undefined) => boolean;
}

type Asked = FastifyRequest<{
  Params: { queue: string };
  Querystring: { lang?: string; done?: string };
}>;

/** Routes of the page that ask nobody who they are. */
export const openWebRoutes = ["GET /", "GET /web/:file", "GET /printers/:queue"] as const;

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const signInBytesMost = 4_096;
/** A browser that was refused while it sends reads the answer only once it has sent for a while. */
const drainMs = 5_000;
/** Counting takes less, also on a machine that is busy; without a script the page says it only now. */
const countedWithinMs = 10_000;

/** The web page of each queue, where somebody who signed in drops a file. */
export function registerWebRoutes(
  app: FastifyInstance,
  context: ProviderContext,
  parts: WebParts,
): void {
  const { sessions, checkPassword, isServiceAccount, isOwnHost } = parts;
  const { log } = context;
  const signedIn = new WeakMap<FastifyRequest, WebSession>();
  const queueOf = ({ params }: Asked): Queue | undefined =>
    context.site().queues.find(({ name }) => name === params.queue);
  const sessionOf = (request: FastifyRequest): WebSession | undefined => {
    const shown = shownSecret(request);
    return shown === undefined ? undefined : sessions.find(shown);
  };

  const render = (
    request: Asked,
    reply: FastifyReply,
    said: { status?: number; problem?: Problem; name?: string } = {},
  ): FastifyReply => {
    const { status, ...rest } = said;
    const queue = queueOf(request);
    // A page of another name could read what is shown, also in an answer that refuses it.
    if (queue === undefined || !isOwnHost(request.headers.host))
      return textWithoutPage(reply, queue !== undefined, status);
    const session = sessionOf(request);
    return reply
      .code(status ?? 200)
      .type("text/html; charset=utf-8")
      .headers({
        "content-security-policy": policy,
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      })
      .send(pageOf(gatherPage(context, parts, { request, queue, session, ...rest })));
  };
  const back = (request: Asked, reply: FastifyReply, more = ""): FastifyReply => {
    const language = languageOf(request.query.lang, request.headers["accept-language"]);
    return reply.redirect(`/printers/${request.params.queue}?lang=${language}${more}`, 303);
  };
  const cutOff = ({ raw }: FastifyRequest): void => {
    const timer = setTimeout(() => {
      if (!raw.complete) raw.socket.destroy();
    }, drainMs);
    raw.once("close", () => clearTimeout(timer));
  };

  const fromOwnPage = asGuard((request, reply, done) => {
    if (isPrivate(request.raw) && isOwnHost(request.headers.host) && isFromOwnPage(request)) done();
    else {
      cutOff(request);
      render(request as Asked, reply, { status: 403, problem: { kind: "not-a-form" } });
    }
  });
  const known = asGuard((request, reply, done) => {
    const session = sessionOf(request);
    if (session !== undefined) {
      signedIn.set(request, session);
      return done();
    }
    cutOff(request);
    render(request as Asked, reply, { status: 401, problem: { kind: "signed-out" } });
  });
  const ownSession = (request: FastifyRequest): WebSession => {
    const session = signedIn.get(request);
    if (session === undefined) throw new Error("This route is for those who are signed in.");
    return session;
  };

  void app.register((web, _options, registered) => {
    web.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: signInBytesMost },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    // Its handler reads it as it comes in.
    web.addContentTypeParser("multipart/form-data", (_request, _body, done) => done(null));

    web.get("/", (request, reply) => {
      const [first] = context.site().queues;
      if (first === undefined || !isOwnHost(request.headers.host))
        return textWithoutPage(reply, false);
      return reply.redirect(`/printers/${first.name}`, 302);
    });

    web.get("/printers/:queue", (request: Asked, reply) => {
      const isKnown = queueOf(request) !== undefined;
      const forPeople = (request.headers.accept ?? "").includes("text/html");
      if (!isKnown || !forPeople || !isOwnHost(request.headers.host))
        return textWithoutPage(reply, isKnown);
      const { tls } = parts.ports();
      if (isPrivate(request.raw) || tls === undefined) return render(request, reply);
      const host = (request.headers.host ?? "").replace(/:\d+$/, "");
      return reply.redirect(`https://${host}:${tls}${request.url}`, 302);
    });

    web.post<{ Params: { queue: string }; Body: unknown }>(
      "/web/:queue/sign-in",
      { preHandler: fromOwnPage },
      async (request, reply) => {
        const asked = request as Asked;
        const { login, password } = credentialsIn(request.body);
        if (login === "" || password === "")
          return render(asked, reply, { status: 401, problem: { kind: "wrong" }, name: login });
        const address = plainAddress(request.raw.socket.remoteAddress ?? "") || "unknown";
        const verdict = await checkPassword({ login, password, address });
        if (verdict.kind !== "right" || isServiceAccount(verdict.login))
          return render(asked, reply, { status: 401, problem: problemOf(verdict), name: login });
        void reply.header("set-cookie", cookieOf(request, sessions.open(verdict.login)));
        log.info({ event: "web-signed-in", queue: request.params.queue }, "signed in on the page");
        return back(asked, reply);
      },
    );

    web.post<{ Params: { queue: string }; Body: unknown }>(
      "/web/:queue/sign-out",
      { preHandler: [fromOwnPage, known] },
      (request, reply) => {
        const { body } = request;
        const given = body instanceof URLSearchParams ? body.get("form") : null;
        if (!isOwnForm(ownSession(request), given ?? undefined))
          return render(request as Asked, reply, { status: 403, problem: { kind: "not-a-form" } });
        sessions.close(shownSecret(request) ?? "");
        void reply.header("set-cookie", cookieOf(request, undefined));
        return back(request as Asked, reply);
      },
    );

    web.post<{ Params: { queue: string } }>(
      "/web/:queue/print",
      { preHandler: [fromOwnPage, known] },
      async (request, reply) => {
        const asked = request as Asked;
        const queue = queueOf(asked);
        if (queue === undefined) return textWithoutPage(reply, false);
        const { raw } = request;
        raw.setTimeout(context.limits.uploadIdleMs, () => raw.destroy());
        const source = raw.iterator({ destroyOnReturn: false });
        const announced = Number(request.headers["content-length"]);
        const taken = await takeForm(context, {
          queue,
          session: ownSession(request),
          source,
          boundary: boundaryOf(request.headers["content-type"]),
          announcedBytes: Number.isSafeInteger(announced) ? announced : undefined,
        });
        if (taken.kind === "problem") {
          await source.return?.();
          cutOff(request);
          raw.resume();
          return render(asked, reply, taken);
        }
        await counted(context, taken.id);
        return back(asked, reply, `&done=${taken.id}`);
      },
    );

    const files = pageFiles();
    web.get<{ Params: { file: string } }>("/web/:file", (request, reply) => {
      const file = files.get(request.params.file);
      if (file === undefined) return textWithoutPage(reply, false);
      return reply
        .type(file.type)
        .headers({ "cache-control": "max-age=3600", "x-content-type-options": "nosniff" })
        .send(file.bytes);
    });
    registered();
  });
}

/** What the page is drawn with. */
function pageFiles(): ReadonlyMap<string, { type: string; bytes: Buffer }> {
  const own = (name: string) => readFileSync(new URL(name, import.meta.url));
  const style = Buffer.concat([own("../../look/colours.css"), own("page.css")]);
  const letters =
    "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2";
  return new Map([
    ["page.css", { type: "text/css; charset=utf-8", bytes: style }],
    ["page.js", { type: "text/javascript; charset=utf-8", bytes: own("page.js") }],
    [
      "letters.woff2",
      { type: "font/woff2", bytes: readFileSync(fileURLToPath(import.meta.resolve(letters))) },
    ],
  ]);
}

function credentialsIn(body: unknown): { login: string; password: string } {
  const field = (name: string) => (body instanceof URLSearchParams ? (body.get(name) ?? "") : "");
  const [login, password] = [field("name").trim(), field("password")];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const isFit = login.length <= 128 && password.length <= 512 && !/[\u0000-\u001f]/.test(login);
  return isFit ? { login, password } : { login: "", password: "" };
}

function problemOf(verdict: PasswordVerdict): Problem {
  switch (verdict.kind) {
    case "wrong":
    case "away":
      return { kind: verdict.kind };
    case "slow-down":
      return verdict;
    case "refused":
      return { kind: verdict.reason };
    // A service account's: it speaks for others, and has no page.
    case "right":
      return { kind: "not-allowed" };
  }
}

/** Waits a moment until a document is counted, so that its fate is on the page that comes. */
async function counted({ db, changes }: ProviderContext, id: string): Promise<void> {
  const waited = AbortSignal.timeout(countedWithinMs);
  while (!waited.aborted && findJob(db, id)?.state === "analysing") await changes.next(waited);
}
