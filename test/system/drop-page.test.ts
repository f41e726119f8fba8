import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PersonShown } from "../../protocol/admin.ts";
import { launchBrowser, type TestBrowser } from "../browser.ts";
import { logIn, logOut } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { sendRaw } from "./raw-client.ts";
import { startSite, type TestSite } from "./test-site.ts";

const tryMe = fileURLToPath(new URL("../../docs/try-me.pdf", import.meta.url));
const password = "correct horse";
const open = closing();
const folder = mkdtempSync(join(tmpdir(), "guichet-drop-"));
let site: TestSite;
let kiosk: KioskClient;
let axe: string;
let browser: TestBrowser;

beforeAll(async () => {
  console.log(`Pictures of the page: ${folder}`);
  axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  site = open.add(
    await startSite({
      provider: { serviceAccounts: ["hall"] },
      queues: {
        "find-me": { kind: "virtual", info: "Held until you tap your badge" },
        guests: { kind: "virtual", identity: ["address"], unclaimed: true },
      },
    }),
  );
  await site.admin.post("/api/admin/people", { login: "hall" }, PersonShown);
  for (const login of ["alice", "bob", "hall"])
    await site.admin.post(`/api/admin/people/${login}/secrets`, { password }, PersonShown);
  kiosk = open.add(kioskClient(site.ports.bridge));
  browser = open.add(await launchBrowser());
  await kiosk.until("the terminal", ({ devices }) => devices.length > 0);
});
afterAll(() => open.all());

const plain = () => `http://localhost:${site.ports.provider}`;
const secure = () => `https://localhost:${site.ports.providerTls}`;

async function newPage(options: { language: string; script?: boolean; width?: number }) {
  const { language, script = true, width = 1024 } = options;
  const context = await browser.context.browser()?.newContext({
    javaScriptEnabled: script,
    ignoreHTTPSErrors: true,
    locale: language,
    viewport: { width, height: 800 },
  });
  if (context === undefined) throw new Error("There is no browser.");
  return await context.newPage();
}

async function signIn(page: Page, name: string, secret = password): Promise<void> {
  await page.getByLabel(/^(Name|Nom)$/).fill(name);
  await page.getByLabel(/^(Password|Mot de passe)$/).fill(secret);
  await page.getByRole("button", { name: /^(Sign in|S’identifier)$/ }).click();
}

/** Leaves a picture, and gives what axe finds against WCAG 2.2 A and AA and its own good practice. */
async function look(page: Page, name: string): Promise<string[]> {
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run: unknown = Reflect.get(globalThis, "axe");
    const { run: check } = run as typeof import("axe-core");
    const found = await check(document);
    return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  });
}

describe("the page to drop a file on", () => {
  test("takes a file of whoever signed in, as it was set, and it is theirs at the terminal", async () => {
    const page = await newPage({ language: "en" });
    await page.goto(`${secure()}/printers/find-me`);
    expect(await look(page, "sign-in-en")).toEqual([]);
    await signIn(page, "alice", "wrong");
    await page.getByRole("alert").getByText("Name or password is not right.").waitFor();
    expect(await look(page, "wrong-en")).toEqual([]);
    await signIn(page, "alice");
    await page.getByText("Signed in as alice").waitFor();
    const cookies = await page.context().cookies();
    expect(cookies).toMatchObject([
      { name: "__Host-guichet-web", httpOnly: true, secure: true, sameSite: "Strict", path: "/" },
    ]);
    await page.getByLabel("Copies").fill("2");
    await page.getByLabel("Sides").selectOption("two-sided-long-edge");
    await page.getByLabel("Colour").selectOption("monochrome");
    await page.getByLabel("Document", { exact: true }).setInputFiles(tryMe);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("status").getByText("“try-me.pdf” has arrived.").waitFor();
    await page.getByRole("listitem").getByText("Held for you").waitFor();
    expect(await look(page, "arrived-en")).toEqual([]);

    await logIn(site, kiosk);
    const { session } = await kiosk.until(
      "the document",
      (view) => view.session?.documents.some(({ title }) => title === "try-me.pdf") === true,
    );
    expect(session?.documents[0]?.counted).toMatchObject({
      copies: 2,
      sides: "two-sided-long-edge",
      colourMode: "grey",
    });
    await logOut(kiosk);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in to print" }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });

  test("works without a script, and says in plain words what is refused, in French too", async () => {
    const page = await newPage({ language: "fr", script: false, width: 480 });
    await page.goto(`${secure()}/printers/find-me`);
    await signIn(page, "bob");
    await page.getByText("Identifié : bob").waitFor();
    const send = async (name: string, bytes: string | Buffer) => {
      const file = join(folder, name);
      writeFileSync(file, bytes);
      await page.getByLabel("Document", { exact: true }).setInputFiles(file);
      await page.getByRole("button", { name: "Envoyer" }).click();
    };
    await send("lettre.docx", "PK\u0003\u0004 and so on");
    await page.getByRole("alert").getByText("PDF et JPEG sont acceptés ici.").waitFor();
    await send("cassé.pdf", "%PDF-1.7\nnothing behind it");
    await page
      .getByRole("alert")
      .getByText(/endommagé|aucune page|de nouveau en PDF/)
      .waitFor();
    await send("vide.pdf", "");
    await page.getByRole("alert").getByText("Choisissez d’abord un document.").waitFor();
    await send("plan <b>.pdf", readFileSync(tryMe));
    await page.getByRole("status").getByText("« plan <b>.pdf » est arrivé.").waitFor();
    await page.screenshot({ path: join(folder, "arrived-fr.png"), fullPage: true });
  });

  test("says how far a long document is, and what became of it", async () => {
    const page = await newPage({ language: "en" });
    await page.goto(`${secure()}/printers/find-me`);
    await signIn(page, "bob");
    const long = join(folder, "long.pdf");
    const comment = Buffer.from(`\n%${"x".repeat(1_000)}`);
    writeFileSync(long, Buffer.concat([Buffer.from("%PDF-1.7"), ...Array(12_000).fill(comment)]));
    const slow = await page.context().newCDPSession(page);
    await slow.send("Network.enable");
    await slow.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: 4 * 1024 ** 2,
    });
    await page.getByLabel("Document", { exact: true }).setInputFiles(long);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText(/^[1-9][0-9]? % sent$/).waitFor();
    await page.getByRole("progressbar", { name: "Sending" }).waitFor();
    expect(await look(page, "sending-en")).toEqual([]);
    await page.getByRole("alert").getByText("That did not work.").waitFor();
  });

  test("shows the codes of what came from the same computer without a name, and to no other", async () => {
    const sent = await sendRaw({
      printer: `ipp://localhost:${site.ports.provider}/printers/guests`,
      user: "chronos",
      document: new Uint8Array(readFileSync(tryMe)),
    });
    expect(sent.status).toBe("successful-ok");
    const page = await newPage({ language: "fr" });
    await page.goto(`${secure()}/printers/guests`);
    await page.getByRole("heading", { name: "Envoyés de cet ordinateur sans nom" }).waitFor();
    await page.getByText(/^\d{4} \d{4}$/).waitFor();
    expect(await look(page, "codes-fr")).toEqual([]);
  });
});

type Sent = { status: number; text: string; headers: Record<string, unknown> };

/** One request as a hostile page or program sends it. */
function send(asked: {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}): Promise<Sent> {
  const { path, method = "POST", headers = {}, body } = asked;
  return new Promise((resolve, reject) => {
    const call = httpRequest(`${plain()}${path}`, { method, headers, agent: false });
    call.on("error", reject);
    call.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => (text += piece));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
      );
    });
    call.end(body);
  });
}

describe("what is not from the page itself", () => {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const right = `name=alice&password=${encodeURIComponent(password)}`;
  const signedIn = async () => {
    const { headers } = await send({
      path: "/web/find-me/sign-in",
      headers: { ...form, origin: plain() },
      body: right,
    });
    return String(headers["set-cookie"]).split(";", 1)[0] ?? "";
  };
  const multipart = (token: string) =>
    [
      `--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n${token}`,
      `--x\r\nContent-Disposition: form-data; name="document"; filename="a.pdf"\r\n\r\n%PDF-1.7`,
      "--x--\r\n",
    ].join("\r\n");
  const upload = { "content-type": "multipart/form-data; boundary=x" };

  test("signs nobody in", async () => {
    const path = "/web/find-me/sign-in";
    for (const origin of [undefined, "null", "http://evil.example", secure()]) {
      const headers = { ...form, ...(origin === undefined ? {} : { origin }) };
      const { status, headers: got } = await send({ path, headers, body: right });
      expect([origin, status, got["set-cookie"]]).toEqual([origin, 403, undefined]);
    }
    const foreign = { ...form, host: "evil.example", origin: "http://evil.example" };
    expect((await send({ path, headers: foreign, body: right })).status).toBe(403);
    const long = { ...form, origin: plain() };
    expect((await send({ path, headers: long, body: `name=${"a".repeat(9_000)}` })).status).toBe(
      413,
    );
    const service = `name=hall&password=${encodeURIComponent(password)}`;
    expect((await send({ path, headers: long, body: service })).text).toContain(
      "You may not print here.",
    );
  });

  test("prints for nobody: neither without a session, nor with a form of another page", async () => {
    const path = "/web/find-me/print";
    const own = { ...upload, origin: plain() };
    expect((await send({ path, headers: own, body: multipart("x") })).status).toBe(401);
    const cookie = await signedIn();
    expect(cookie).toMatch(/^guichet-web=[\w-]{43}$/);
    const { status } = await send({ path, headers: { ...own, cookie }, body: multipart("x") });
    expect(status).toBe(403);
    const foreign = { ...upload, cookie, origin: "http://evil.example" };
    expect((await send({ path, headers: foreign, body: multipart("x") })).status).toBe(403);
    const huge = { ...own, cookie, "content-length": String(100 * 1024 ** 3) };
    const refused = new Promise<number>((resolve, reject) => {
      const call = httpRequest(`${plain()}${path}`, {
        method: "POST",
        headers: huge,
        agent: false,
      });
      call.on("error", reject);
      call.on("response", (response) => {
        resolve(response.statusCode ?? 0);
        call.destroy();
      });
      call.write(multipart("x").slice(0, 40));
    });
    expect(await refused).toBe(413);
  });

  test("is shown no page, and no page is framed, kept or runs a foreign script", async () => {
    const path = "/printers/guests";
    const html = { accept: "text/html" };
    const own = await send({ path, method: "GET", headers: html });
    expect(own.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(own.headers["cache-control"]).toBe("no-store");
    expect(own.text).toMatch(/class="code"/);
    const rebound = { ...html, host: "evil.example:9163" };
    expect((await send({ path, method: "GET", headers: rebound })).text).toMatch(
      /^This is the address/,
    );
    // Neither in what a form of such a page is refused with.
    for (const form of ["sign-in", "print"]) {
      const headers = { ...rebound, ...upload, origin: "http://evil.example:9163" };
      const { status, text } = await send({ path: `/web/guests/${form}`, headers, body: "--x--" });
      expect(status).toBe(403);
      expect(text).toMatch(/^This is the address/);
    }
  });
});
