import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { request as plainRequest } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { openCertificate } from "../../link/certificate.ts";
import { screenCodeHash } from "../../protocol/screen-code.ts";
import { openDatabase } from "../../storage/open-database.ts";
import { journalMigrations } from "../journal/schema.ts";
import { createPairedScreens, type PairedScreens } from "../screens/paired-screens.ts";
import { type TriedGateway, tryGateway } from "./gateway.fixture.ts";

type Answer = { status: number; headers: Record<string, unknown>; text: string };

let folder = "";
let tried: TriedGateway;
let screens: PairedScreens;
let now = 0;
const codeFor = (terminal: string, code: string) => ({
  terminal,
  minutes: 15,
  hash: screenCodeHash(terminal, code, (text) =>
    createHash("sha256").update(text).digest("base64url"),
  ),
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "guichet-pairing-"));
  now = 0;
  const db = openDatabase({ path: ":memory:", migrations: journalMigrations });
  screens = createPairedScreens(db, () => now);
  tried = await tryGateway({
    paired: screens,
    tls: await openCertificate({ folder, names: [], now: Date.now() }),
    isNear: () => false,
  });
});
afterEach(async () => {
  await tried.close();
  rmSync(folder, { recursive: true });
});

const origin = () => `https://127.0.0.1:${tried.gateway.port}`;

function ask(
  path: string,
  options: { body?: string; cookie?: string; origin?: string; plain?: boolean } = {},
): Promise<Answer> {
  const { body, cookie, plain = false } = options;
  return new Promise((resolve, reject) => {
    const asking = (plain ? plainRequest : request)(
      `${plain ? origin().replace("https", "http") : origin()}${path}`,
      {
        method: body === undefined ? "GET" : "POST",
        rejectUnauthorized: false,
        headers: {
          origin: options.origin ?? origin(),
          ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
          ...(cookie === undefined ? {} : { cookie }),
        },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (piece: string) => {
          text += piece;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    asking.on("error", reject);
    asking.end(body);
  });
}

/** Types a code key by key, as the page does it. */
async function type(code: string, from = origin()): Promise<Answer> {
  let answer: Answer | undefined;
  for (const [at, press] of [...code].entries())
    answer = await ask("/t/lobby/pair", {
      body: new URLSearchParams({ digits: code.slice(0, at), press }).toString(),
      origin: from,
    });
  if (answer === undefined) throw new Error("nothing was typed");
  return answer;
}

const cookieOf = (answer: Answer): string =>
  String(answer.headers["set-cookie"]).split(";", 1)[0] ?? "";

function socket(cookie: string | undefined): Promise<"opened" | "refused"> {
  return new Promise((resolve) => {
    const dialled = new WebSocket(`wss://127.0.0.1:${tried.gateway.port}/t/lobby/socket`, {
      rejectUnauthorized: false,
      headers: { origin: origin(), ...(cookie === undefined ? {} : { cookie }) },
    });
    dialled.on("open", () => {
      dialled.terminate();
      resolve("opened");
    });
    dialled.on("error", () => resolve("refused"));
  });
}

describe("a screen on another machine", () => {
  test("is sent to TLS, and shows nothing but how it is paired until it is", async () => {
    const plain = await ask("/t/lobby", { plain: true });
    expect(plain.status).toBe(308);
    expect(plain.headers.location).toBe(`${origin()}/t/lobby`);
    const page = await ask("/t/lobby");
    expect(page.text).toContain("npx guichet screen lobby");
    expect(page.text).not.toContain("first-view");
    expect(await socket(undefined)).toBe("refused");
    const poll = { screen: crypto.randomUUID(), seen: 0, messages: [] };
    expect(
      (await ask("/t/lobby/poll", { body: JSON.stringify(poll) })).status,
    ).toBeGreaterThanOrEqual(400);
  });

  test("is the terminal's once the code is typed, and only with what it was given then", async () => {
    screens.setCodes([codeFor("lobby", "1234567890")]);
    const paired = await type("1234567890");
    expect(paired.status).toBe(303);
    expect(String(paired.headers["set-cookie"])).toMatch(/Secure; HttpOnly; SameSite=Strict/);
    const cookie = cookieOf(paired);
    expect((await ask("/t/lobby", { cookie })).text).toContain("first-view");
    expect(await socket(cookie)).toBe("opened");
    expect(await socket(`${cookie.slice(0, -1)}x`)).toBe("refused");
  });

  test("is one a terminal: a newer one takes its place, and a code is good once", async () => {
    screens.setCodes([codeFor("lobby", "1234567890")]);
    const first = cookieOf(await type("1234567890"));
    expect((await type("1234567890")).text).toContain("was used");
    screens.setCodes([codeFor("lobby", "1111122222")]);
    const second = cookieOf(await type("1111122222"));
    expect(await socket(first)).toBe("refused");
    expect(await socket(second)).toBe("opened");
  });

  test("gets nowhere with an old code, that of another terminal, or by trying", async () => {
    screens.setCodes([codeFor("lobby", "1234567890"), codeFor("hall", "5555544444")]);
    expect((await type("5555544444")).status).toBe(403);
    now += 16 * 60_000;
    expect((await type("1234567890")).status).toBe(403);
    screens.setCodes([codeFor("lobby", "0987654321")]);
    for (let tries = 0; tries < 10; tries += 1)
      await ask("/t/lobby/pair", { body: `digits=00000000${tries % 10}&press=0` });
    expect((await type("0987654321")).text).toContain("Too many wrong codes");
    now += 60_000;
    expect((await type("0987654321")).status).toBe(303);
  });

  test("is not paired by a page of a foreign site", async () => {
    screens.setCodes([codeFor("lobby", "1234567890")]);
    expect((await type("1234567890", "https://evil.example")).status).toBe(403);
  });
});
