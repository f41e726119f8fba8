import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { WebSocket } from "ws";

/** What a command is given and answers, and what an event tells: as Chromium's protocol says. */
const Told = Type.Record(Type.String(), Type.Unknown());
export type Told = Static<typeof Told>;

const Message = Type.Object({
  id: Type.Optional(Type.Integer()),
  sessionId: Type.Optional(Type.String()),
  method: Type.Optional(Type.String()),
  params: Type.Optional(Told),
  result: Type.Optional(Told),
  error: Type.Optional(Type.Object({ message: Type.String() })),
});

export type Wire = {
  send: (method: string, params?: Told, sessionId?: string) => Promise<Told>;
  on: (event: string, hear: (told: Told) => void, sessionId: string) => void;
  close: () => void;
};

/** Opens Chromium's debugging protocol at the address of its WebSocket. */
export async function connectDebugger(address: string): Promise<Wire> {
  const socket = new WebSocket(address, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const asked = new Map<number, (message: Static<typeof Message>) => void>();
  const hearers = new Map<string, ((told: Told) => void)[]>();
  let last = 0;
  socket.on("message", (data) => {
    const message = Value.Parse(Message, JSON.parse(String(data)));
    if (message.id === undefined) {
      for (const hear of hearers.get(`${message.sessionId} ${message.method}`) ?? [])
        hear(message.params ?? {});
      return;
    }
    asked.get(message.id)?.(message);
    asked.delete(message.id);
  });
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        last += 1;
        asked.set(last, ({ result, error }) => {
          if (error === undefined) resolve(result ?? {});
          else reject(new Error(`${method}: ${error.message}`));
        });
        socket.send(JSON.stringify({ id: last, method, params, sessionId }));
      }),
    on: (event, hear, sessionId) => {
      const key = `${sessionId} ${event}`;
      hearers.set(key, [...(hearers.get(key) ?? []), hear]);
    },
    close: () => socket.close(),
  };
}
