import { afterEach, expect, it } from "vitest";
import type { Link } from "../../link/client.ts";
import { LinkUnreachable } from "../../link/errors.ts";
import { jobId, personId } from "../release/release.fixture.ts";
import type { Release } from "../release/release.ts";
import { session } from "../view/view.fixture.ts";
import { type Direct, type DirectOptions, serveDirect } from "./serve-direct.ts";

const open: Direct[] = [];
afterEach(async () => {
  for (const direct of open.splice(0)) await direct.close();
});

interface Tried {
  released: Release[];
  asked: string[];
  troubles: number;
}

/** Serves until it has asked the provider so many times. */
async function serve(options: {
  answers: (() => Promise<unknown>)[];
  person?: unknown;
  changes?: Partial<DirectOptions>;
}): Promise<Tried> {
  const { answers, changes = {} } = options;
  const person = options.person ?? { kind: "known", person: session().person, jobs: [] };
  const tried: Tried = { released: [], asked: [], troubles: 0 };
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const left = [...answers];
  const get = (_path: string, _form: unknown, call: { signal?: AbortSignal } = {}) => {
    const next = left.shift();
    if (next !== undefined) return next();
    resolve();
    // A long poll that nothing answers any more.
    return new Promise((_, reject) =>
      call.signal?.addEventListener("abort", () => reject(new Error("over"))),
    );
  };
  const post = (_path: string, body: { login: string }) => {
    tried.asked.push(body.login);
    return Promise.resolve(person);
  };
  const link = { get, post, stream: get, close: () => undefined } as unknown as Link;
  const direct = serveDirect({
    server: link,
    provider: () => link,
    isOwnDevice: (device) => device === "mfp",
    isUnderWay: () => false,
    intend: (_id, releases) => void tried.released.push(...releases),
    random: () => 0,
    wait: () => Promise.resolve(),
    now: () => 1_000,
    newId: () => "release-1",
    onTrouble: () => {
      tried.troubles += 1;
    },
    ...changes,
  });
  open.push(direct);
  direct.setProviders([{ id: "main", url: "http://provider.example", publicKey: "key" }]);
  await over;
  return tried;
}

const waits =
  (device = "mfp") =>
  () =>
    Promise.resolve({ jobs: [{ jobId, owner: "alice", device }] });

it("releases a job of a direct queue to its device, for its owner's money, once", async () => {
  const { released, asked } = await serve({ answers: [waits(), waits()] });
  expect(asked).toEqual(["alice"]);
  expect(released).toMatchObject([
    {
      jobId,
      provider: "main",
      device: "mfp",
      owner: "alice",
      personId,
      phase: { kind: "waiting" },
    },
  ]);
  expect(released[0]?.sessionId).toBeUndefined();
});

it("leaves a job held whose owner nobody knows", async () => {
  const person = { kind: "refused", reason: "unknown-card" };
  expect((await serve({ answers: [waits(), waits()], person })).released).toEqual([]);
});

it("leaves alone what is printing, and what is another bridge's", async () => {
  const isUnderWay = () => true;
  expect((await serve({ answers: [waits()], changes: { isUnderWay } })).asked).toEqual([]);
  expect((await serve({ answers: [waits("far")] })).asked).toEqual([]);
});

it("goes on when the provider was away", async () => {
  const away = () => Promise.reject(new LinkUnreachable("away"));
  const { released, troubles } = await serve({ answers: [away, away, waits()] });
  expect([released.length, troubles]).toEqual([1, 1]);
});
