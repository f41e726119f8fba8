import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { TerminalView } from "../../protocol/kiosk.ts";
import { withFirstView } from "./first-view.ts";
import { type KioskFile, loadFile, loadKioskFiles } from "./kiosk-files.ts";
import { sendPairing } from "./pairing-routes.ts";
import { cookieFor, tokenIn } from "./screen-cookie.ts";

export interface KioskRoutesOptions {
  readonly kioskDir: string;
  readonly logoPath?: string;
  /** The terminals of this bridge. */
  readonly terminals: () => readonly string[];
  readonly view: (terminal: string) => { readonly view: TerminalView };
  /** Whether this browser is the terminal's screen, or on the bridge's own machine. */
  readonly mayShow: (request: IncomingMessage, terminal: string) => boolean;
}

/** The page and all it needs come from here, so nothing else may be loaded, framed or sent to. */
const policy = (host: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    // Older panels do not count the WebSocket of the same host as 'self'.
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const notBuilt =
  "The screen was not built yet. Run `npm run build`, or start with `npm start`, which builds it.";

/** Serves the kiosk: its page for each terminal, the files that this names, and the site's logo. */
export function registerKioskRoutes(app: FastifyInstance, options: KioskRoutesOptions): void {
  const { kioskDir, logoPath, terminals, view, mayShow } = options;
  let files = loadKioskFiles(kioskDir);

  const page = (request: FastifyRequest, reply: FastifyReply, terminal: string | undefined) => {
    if (terminal !== undefined) {
      if (!mayShow(request.raw, terminal)) return sendPairing(request, reply, terminal);
      const token = tokenIn(request.raw, terminal);
      if (token !== undefined) reply.header("set-cookie", cookieFor(terminal, token));
    }
    files ??= loadKioskFiles(kioskDir);
    const index = files?.get("/index.html");
    if (index === undefined)
      return reply.code(503).type("text/plain; charset=utf-8").send(notBuilt);
    const shown = terminal === undefined ? undefined : view(terminal).view;
    return reply
      .headers({
        "content-security-policy": policy(request.headers.host ?? ""),
        // It says how things are at this moment, and nobody may be shown that later.
        "cache-control": "no-store",
      })
      .type(index.type)
      .send(withFirstView(index.bytes.toString(), shown));
  };

  app.get("/", (request, reply) => {
    const ids = terminals();
    return ids.length <= 1
      ? page(request, reply, ids[0])
      : missing(
          reply,
          `There are several terminals here: ${ids.map((id) => `/t/${id}`).join(", ")}.`,
        );
  });
  app.get<{ Params: { terminal: string } }>("/t/:terminal", (request, reply) => {
    const { terminal } = request.params;
    if (terminals().includes(terminal)) return page(request, reply, terminal);
    return terminals().length === 0
      ? page(request, reply, undefined)
      : missing(reply, "There is no terminal of this name here.");
  });
  app.get("/logo", (request, reply) => {
    const logo = logoPath === undefined ? undefined : loadFile(logoPath);
    return logo === undefined ? missing(reply, "There is no logo.") : send(request, reply, logo);
  });
  app.get("/*", (request, reply) => {
    const file = files?.get(request.url.split("?", 1)[0] ?? "");
    return file === undefined
      ? missing(reply, "There is nothing here.")
      : send(request, reply, file);
  });
}

function send(request: FastifyRequest, reply: FastifyReply, file: KioskFile): FastifyReply {
  reply.headers({
    "content-security-policy": policy(request.headers.host ?? ""),
    "cache-control": file.hashed ? "public, max-age=31536000, immutable" : "no-cache",
    etag: file.etag,
    vary: "accept-encoding",
  });
  if (request.headers["if-none-match"] === file.etag) return reply.code(304).send();
  reply.type(file.type);
  const zip = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  if (!zip || file.gzip === undefined) return reply.send(file.bytes);
  return reply.header("content-encoding", "gzip").send(file.gzip);
}

function missing(reply: FastifyReply, sentence: string): FastifyReply {
  return reply.code(404).type("text/plain; charset=utf-8").send(sentence);
}
