import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ToBridge } from "../../protocol/kiosk.ts";
import type { PollReply } from "../../protocol/kiosk-poll.ts";
import { emptyView, type TriedGateway, tryGateway } from "./gateway.fixture.ts";

let tried: TriedGateway;
beforeEach(async () => {
  tried = await tryGateway();
});
afterEach(() => tried.close());

const hello: ToBridge = { type: "hello", protocol: 1 };

async function poll(
  screen: string,
  seen: number,
  messages: ToBridge[] = [],
  origin = tried.gateway.url,
): Promise<{ status: number; reply: PollReply }> {
  const response = await fetch(`${tried.gateway.url}/t/lobby/poll`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ screen, seen, messages }),
  });
  const text = await response.text();
  return {
    status: response.status,
    reply: text === "" ? { upTo: 0, messages: [] } : JSON.parse(text),
  };
}

test("a screen without a WebSocket is given views as they change, each once", async () => {
  const screen = randomUUID();
  const first = await poll(screen, 0, [hello]);
  expect(first.reply.messages).toMatchObject([{ type: "view", revision: 1, view: emptyView }]);
  const waiting = poll(screen, first.reply.upTo);
  tried.shown = { view: { ...emptyView, identifying: true }, key: "2" };
  tried.gateway.refresh("lobby");
  const second = await waiting;
  expect(second.reply.messages).toMatchObject([{ type: "view", view: { identifying: true } }]);
  // An answer that was lost is given again.
  const again = await poll(screen, first.reply.upTo);
  expect(again.reply).toEqual(second.reply);
});

test("what it says while a question waits is heard at once and answered", async () => {
  const screen = randomUUID();
  const { reply } = await poll(screen, 0, [hello]);
  const waiting = poll(screen, reply.upTo);
  const id = randomUUID();
  const intent = { kind: "stay", sessionId: randomUUID() } as const;
  const said = await poll(screen, reply.upTo, [{ type: "intent", id, intent }]);
  expect((await waiting).reply.messages).toEqual([]);
  expect(tried.intents).toEqual([{ type: "intent", id, intent }]);
  const answers = said.reply.messages.length > 0 ? said : await poll(screen, reply.upTo);
  expect(answers.reply.messages).toEqual([{ type: "answer", id, result: "accepted" }]);
});

test("the rules of the WebSocket hold: its own page only, and only what a kiosk sends", async () => {
  const screen = randomUUID();
  expect((await poll(screen, 0, [hello], "http://evil.example")).status).toBe(403);
  expect((await poll(screen, 0, [{ type: "nonsense" } as never])).status).toBe(400);
  const rude = randomUUID();
  await poll(rude, 0, [hello]);
  const many = Array.from({ length: 20 }, (): ToBridge => ({ type: "ping" }));
  let last = 200;
  for (let round = 0; round < 6 && last === 200; round += 1)
    last = (await poll(rude, 999, many)).status;
  expect(last).toBe(410);
});
