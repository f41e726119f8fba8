import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import { Compile } from "typebox/compile";
import { asGuard } from "../../link/route-guards.ts";
import { sendRefusal } from "../../link/routes.ts";
import {
  type ReadersShown,
  type SightGiven,
  type SightReply,
  SightRequest,
  type TapShown,
  type TapsShown,
} from "../../protocol/readers.ts";
import { isToken } from "../../storage/token-file.ts";
import type { CardSights } from "../readers/card-sights.ts";

export interface ReaderRoutesOptions {
  /** In a file of the bridge's own folder: who may read that may ask. */
  readonly token: string;
  readonly show: () => ReadersShown;
  readonly taps: (
    change: number,
    options: { readonly waitMs: number; readonly whole: boolean },
  ) => Promise<readonly TapShown[]>;
  readonly newest: () => number;
  readonly sights: CardSights;
  /** Asks the server whether this person may see whole card numbers. */
  readonly maySee: (request: SightRequest) => Promise<SightReply>;
}

const waitMs = 20_000;
const sightRequest = Compile(SightRequest);

/** What a technician at the bridge's own machine asks about its readers; see `protocol/readers.ts`. */
export function registerReaderRoutes(
  app: FastifyInstance,
  options: ReaderRoutesOptions & { readonly near: (request: IncomingMessage) => boolean },
): void {
  const { token, near, sights } = options;
  const preHandler = asGuard((request, reply, done) => {
    const sent = request.headers.authorization ?? "";
    const right = sent.startsWith("Bearer ") && isToken(token, sent.slice("Bearer ".length));
    if (near(request.raw) && right) done();
    else sendRefusal(reply, "not-authenticated", "Ask on the bridge's machine, with its token.");
  });

  app.get("/readers", { preHandler }, () => options.show());

  app.get<{ Querystring: { after?: string } }>(
    "/readers/taps",
    { preHandler },
    async (request): Promise<TapsShown> => {
      const told = Number(request.query.after);
      const after = Number.isSafeInteger(told) && told >= 0 ? told : options.newest();
      const key = request.headers["x-guichet-sight"];
      const whole = sights.isOpen(typeof key === "string" ? key : undefined);
      const taps = await options.taps(after, { waitMs, whole });
      return { taps: [...taps], newest: options.newest(), whole };
    },
  );

  app.post("/readers/sight", { preHandler }, async (request, reply) => {
    const { body } = request;
    if (!sightRequest.Check(body))
      return sendRefusal(reply, "bad-request", "Send a name and a password.");
    const answer = await options.maySee(body);
    if (answer.kind === "refused") return sendRefusal(reply, "not-allowed", answer.sentence);
    const { minutes } = answer;
    return { sight: sights.open(minutes), minutes } satisfies SightGiven;
  });
}
