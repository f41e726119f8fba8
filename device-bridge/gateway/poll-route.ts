import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Compile } from "typebox/compile";
import { asGuard } from "../../link/route-guards.ts";
import { POLL_PATH, Poll } from "../../protocol/kiosk-poll.ts";
import { createPolledChannel, type PolledChannel } from "./polled-channel.ts";
import type { ScreenChannel } from "./screen-channel.ts";
import { screenLimits } from "./screen-limits.ts";

const form = Compile(Poll);
/** A screen that does not ask again for so long is gone. */
const silenceMs = screenLimits.silenceMs * 2;

/**
 * `POST <page>/poll`: the kiosk's link for browsers without a WebSocket. The same messages go over it,
 * and the same rules hold; a screen is known by an id that it made.
 */
export function registerPollRoute(
  app: FastifyInstance,
  options: {
    /** The terminal whose screen asks, or the status that it is refused with. */
    readonly admit: (request: IncomingMessage) => string | number;
    readonly hasRoom: (terminal: string) => boolean;
    readonly serve: (terminal: string, channel: ScreenChannel) => void;
  },
): void {
  const known = new Map<string, { terminal: string; polled: PolledChannel; cancel: () => void }>();
  const setTimer = (ms: number, then: () => void) => {
    const timer = setTimeout(then, ms);
    timer.unref();
    return () => clearTimeout(timer);
  };
  const forgetLater = (id: string) =>
    setTimer(silenceMs, () => {
      known.get(id)?.polled.channel.close("it fell silent");
      known.delete(id);
    });

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const asked = request.body;
    const terminal = options.admit(request.raw);
    if (!form.Check(asked) || typeof terminal === "number") return reply.code(400).send();
    const before = known.get(asked.screen);
    if (before !== undefined && before.terminal !== terminal) return reply.code(403).send();
    if (before === undefined && !options.hasRoom(terminal)) return reply.code(503).send();
    before?.cancel();
    const polled = before?.polled ?? createPolledChannel(setTimer);
    known.set(asked.screen, { terminal, polled, cancel: forgetLater(asked.screen) });
    if (before === undefined) options.serve(terminal, polled.channel);
    const given = await polled.poll({
      seen: asked.seen,
      messages: asked.messages.map((message) => JSON.stringify(message)),
    });
    if (given.ended) {
      known.get(asked.screen)?.cancel();
      known.delete(asked.screen);
      return reply.code(410).send();
    }
    const messages: unknown[] = given.messages.map((text) => JSON.parse(text));
    return reply.header("cache-control", "no-store").send({ upTo: given.upTo, messages });
  };
  const preHandler = asGuard((request, reply, done) => {
    const admitted = options.admit(request.raw);
    if (typeof admitted === "number") reply.code(admitted).send();
    else done();
  });
  const route = { preHandler, bodyLimit: screenLimits.messageBytes };
  app.post(POLL_PATH, route, answer);
  app.post(`/t/:terminal${POLL_PATH}`, route, answer);
}
