import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { SCREEN_CODE_DIGITS } from "../../protocol/screen-code.ts";
import type { PairedScreens } from "../screens/paired-screens.ts";
import { type PairingNotice, pairingPage, pairingStyle } from "./pairing-page.ts";
import { cookieFor } from "./screen-cookie.ts";

export interface PairingRoutesOptions {
  readonly terminals: () => readonly string[];
  readonly screens: PairedScreens;
  /** Whether a form may have come from a page of this bridge. */
  readonly isOwnOrigin: (request: FastifyRequest) => boolean;
  /** A terminal has another screen now. */
  readonly onPaired: (terminal: string) => void;
  readonly log: { info(fields: Record<string, unknown>, message: string): void };
}

const pagePolicy =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The page of a screen that is not paired yet: one key a request, the last one tries the code. */
export function registerPairingRoutes(app: FastifyInstance, options: PairingRoutesOptions): void {
  const { terminals, screens, isOwnOrigin, onPaired, log } = options;
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: 512 },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  app.get("/pairing.css", (_request, reply) =>
    reply.type("text/css; charset=utf-8").send(pairingStyle),
  );
  app.post<{ Params: { terminal: string } }>("/t/:terminal/pair", (request, reply) => {
    const { terminal } = request.params;
    if (!terminals().includes(terminal))
      return reply.code(404).type("text/plain; charset=utf-8").send("There is no such terminal.");
    if (!isOwnOrigin(request)) return sendPairing(request, reply, terminal, "another-origin");
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const digits = pressed(form.get("digits") ?? "", form.get("press") ?? "");
    if (digits.length < SCREEN_CODE_DIGITS)
      return sendPairing(request, reply, terminal, "none", digits);
    const result = screens.pair(terminal, digits);
    if (result.kind !== "paired") {
      log.info({ event: "screen-not-paired", terminal, why: result.kind }, "a code was refused");
      return sendPairing(request, reply, terminal, result.kind);
    }
    log.info({ event: "screen-paired", terminal }, "a screen was paired");
    onPaired(terminal);
    return reply
      .header("set-cookie", cookieFor(terminal, result.token))
      .redirect(`/t/${terminal}`, 303);
  });
}

/** Shows the page for pairing in the browser's language. */
export function sendPairing(
  request: FastifyRequest,
  reply: FastifyReply,
  terminal: string,
  notice: PairingNotice = "none",
  digits = "",
): FastifyReply {
  const language = /^\s*fr\b/i.test(request.headers["accept-language"] ?? "") ? "fr" : "en";
  return reply
    .code(notice === "none" ? 200 : 403)
    .headers({ "content-security-policy": pagePolicy, "cache-control": "no-store" })
    .type("text/html; charset=utf-8")
    .send(pairingPage({ terminal, digits, language, notice }));
}

/** The digits after a key; what is no digit does not count. */
function pressed(before: string, key: string): string {
  const digits = /^\d{0,9}$/.test(before) ? before : "";
  if (key === "correct") return digits.slice(0, -1);
  return /^\d$/.test(key) ? digits + key : digits;
}
