import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { SOCKET_PATH } from "../../protocol/kiosk-page.ts";
import { makeTextPdf } from "../documents/make-pdf.ts";
import { closing } from "./closing.ts";
import { printDocument } from "./print-document.ts";
import { startSite, type TestSite } from "./test-site.ts";

/**
 * What print servers were broken into by, one test for each kind, on a real site. Routes without a guard
 * (CVE-2023-27350, -27351) and bodies before anyone is known (CVE-2023-3486) are in every-route.test.ts; the
 * full disk is in limits.test.ts, devices whose answers lie are in test/seeds and ipp/.
 */
const open = closing();
let site: TestSite;
beforeAll(async () => {
  site = open.add(await startSite());
});
afterAll(() => open.all());

type Asked = { port: number; method?: string; path: string; headers?: Record<string, string> };
function ask({ port, method = "GET", path, headers = {} }: Asked) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      let text = "";
      answer.on("data", (piece: Buffer) => {
        text += piece.toString("latin1");
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    call.on("error", reject);
    call.end();
  });
}

describe("paths are ids (CVE-2023-39143: ..\\ passed where ../ was cleaned)", () => {
  const ways = ["../", "..\\", "%2e%2e/", "..%5c", "%252e%252e%252f", "....//", "..;/", "/"];
  test("no way of writing them leads out of what is served", async () => {
    const { bridge, provider, server } = site.ports;
    for (const way of ways)
      for (const [port, base] of [
        [bridge, "/assets/"],
        [bridge, "/t/"],
        [provider, "/printers/"],
        [provider, "/icons/"],
        [server, "/"],
      ] as const) {
        const path = `${base}${way.repeat(8)}etc/passwd`;
        const { status, text } = await ask({ port, path });
        expect([400, 401, 403, 404], path).toContain(status);
        expect(text, path).not.toContain("root:");
      }
  });

  test("a document's file is named by ids, whatever its title", async () => {
    const pdf = Buffer.concat([makeTextPdf({ pages: 1 }), Buffer.alloc(100_000, "%\n")]);
    await printDocument(site, { user: "alice", pdf, title: "../../escaped" });
    const names = readdirSync(`${site.dataDir()}/provider/spool`);
    expect(names.length).toBe(1);
    expect(names[0]).toMatch(/^[0-9a-f-]{36}_1\.sealed$/);
    // The spool is the prize (Clop, LockBit): nothing of the document can be read in it.
    const file = readFileSync(`${site.dataDir()}/provider/spool/${names[0]}`);
    expect(file.includes("%PDF")).toBe(false);
  });
});

describe("foreign pages (CVE-2023-2533 and its kind: a browser inside the house is made to ask)", () => {
  test("a name of another site that leads here is refused (DNS rebinding)", async () => {
    const { server, bridge } = site.ports;
    for (const port of [server, bridge]) {
      const { status } = await ask({ port, path: "/healthz", headers: { host: "evil.example" } });
      expect([403, 421]).toContain(status);
    }
  });

  test("a page of another site opens no screen (cross-site WebSocket)", async () => {
    for (const origin of ["https://evil.example", "null", `http://127.0.0.1:1`, undefined]) {
      const status = await new Promise((resolve) => {
        const url = `ws://127.0.0.1:${site.ports.bridge}/t/lobby${SOCKET_PATH}`;
        const socket = new WebSocket(url, origin === undefined ? {} : { origin });
        socket.on("unexpected-response", (_request, answer) => resolve(answer.statusCode));
        socket.on("open", () => resolve("opened"));
        socket.on("error", () => undefined);
      });
      expect(status, String(origin)).toBe(403);
    }
  });

  test("a page of another site prints nothing behind a person's back", async () => {
    const headers = { origin: "https://evil.example", "content-type": "application/ipp" };
    const path = "/printers/find-me";
    const { status } = await ask({ port: site.ports.provider, method: "POST", path, headers });
    expect(status).toBe(403);
  });

  test("nothing is done for a cookie or a kept password: each request says who asks", async () => {
    const headers = { cookie: "admin=1; session=1", authorization: "Basic YWRtaW46YWRtaW4=" };
    const path = "/api/admin/people/alice";
    expect((await ask({ port: site.ports.server, path, headers })).status).toBe(401);
  });
});

test("set-up is gone after set-up (CVE-2023-27350): a code that was used opens nothing", async () => {
  const { server } = site.ports;
  for (const path of ["/setup", "/SetupCompleted", "/app?service=page/SetupCompleted", "/install"])
    expect((await ask({ port: server, path })).status, path).toBe(404);
  const [, code = ""] = await site.codeFor("bridge");
  const enrol = (publicKey: string) =>
    fetch(`http://127.0.0.1:${server}/api/enrol`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code: code.split(".")[0], role: "bridge", publicKey }),
    });
  expect((await enrol("A".repeat(43))).status).toBe(200);
  expect((await enrol(`${"B".repeat(42)}A`)).status).toBe(403);
});

test("no secret can be reckoned from what is told (CVE-2024-51978: a password from the serial number)", async () => {
  const other = open.add(await startSite());
  const tokensOf = (of: TestSite) =>
    ["admin-token", "web-services-token"].map((name) =>
      readFileSync(`${of.dataDir()}/server/${name}`, "utf8").trim(),
    );
  const all = [...tokensOf(site), ...tokensOf(other)];
  expect(new Set(all).size).toBe(4);
  for (const token of all)
    expect(Buffer.from(token, "base64url").length).toBeGreaterThanOrEqual(32);
});
