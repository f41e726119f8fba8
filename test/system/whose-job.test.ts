import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attribute, keyword } from "../../ipp/build.ts";
import { operation } from "../../ipp/operations.ts";
import { stringOf, stringsOf } from "../../ipp/read.ts";
import { groupTag } from "../../ipp/tags.ts";
import { PersonShown } from "../../protocol/admin.ts";
import { PersonExport } from "../../protocol/admin-audit.ts";
import { AddressesShown, AddressReply } from "../../protocol/provider-people.ts";
import { type Cups, startCups, whyNoCupsd } from "../labs/cupsd.ts";
import { runProgram } from "../labs/program.ts";
import { type badges, logIn, logOut } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { type RawRequest, sendRaw } from "./raw-client.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

const tryMe = fileURLToPath(new URL("../../docs/try-me.pdf", import.meta.url));
const document = new Uint8Array(readFileSync(tryMe));
const password = "correct horse";
const open = closing();
let site: TestSite;
let kiosk: KioskClient;
const logged: string[] = [];

beforeAll(async () => {
  site = open.add(
    await startSite({
      provider: { serviceAccounts: ["hall"] },
      queues: {
        signed: { kind: "virtual", identity: ["basic"] },
        own: { kind: "virtual", identity: ["address"] },
        hall: { kind: "virtual", identity: ["basic", "server"] },
        mixed: { kind: "virtual", identity: ["basic", "address", "name"] },
      },
    }),
  );
  for (const role of ["provider", "server"] as const)
    site.roles[role].onLog((event) => logged.push(JSON.stringify(event)));
  await site.admin.post("/api/admin/people", { login: "hall" }, PersonShown);
  for (const login of ["alice", "bob", "hall"])
    await site.admin.post(`/api/admin/people/${login}/secrets`, { password }, PersonShown);
  kiosk = open.add(kioskClient(site.ports.bridge));
  await kiosk.until("the terminal", ({ devices }) => devices.length > 0);
});
afterAll(() => open.all());

const plain = (path: string) => `ipp://localhost:${site.ports.provider}/printers/${path}`;
const secure = (path: string) => `ipps://localhost:${site.ports.providerTls}/printers/${path}`;
const print = (asked: RawRequest) => sendRaw({ document, ...asked });

/** What a person sees after a tap: the titles of their documents. */
async function sees(who: keyof typeof badges, title: string): Promise<void> {
  // A list that is open already is asked for again only after seconds.
  await waitFor(`"${title}" at the server`, async () => {
    const { documents } = await site.admin.get(`/api/admin/people/${who}/export`, PersonExport);
    return documents.some((it) => it.title === title);
  });
  await logIn(site, kiosk, who);
  await kiosk.until(
    `"${title}" of ${who}`,
    ({ session }) => session?.documents.some((it) => it.title === title) === true,
  );
  await logOut(kiosk);
}

/** Titles and owners of the jobs of a queue that whoever asks so is told. */
async function jobsOf(asked: RawRequest): Promise<(string | undefined)[][]> {
  const answer = await sendRaw({
    ...asked,
    code: operation.getJobs,
    attributes: [attribute("requested-attributes", keyword("all"))],
  });
  return answer
    .groups(groupTag.job)
    .map((job) => [stringOf(job, "job-name"), stringOf(job, "job-originating-user-name")]);
}

describe("name and password, over TLS", () => {
  test("are asked for by the queue that wants them, and tell whose the job is", async () => {
    const asked = await print({ printer: secure("signed"), user: "bob" });
    expect(asked.http).toBe(401);
    expect(asked.headers["www-authenticate"]).toMatch(/^Basic realm="Guichet"/);
    const printed = await print({
      printer: secure("signed"),
      user: "bob",
      basic: ["SCHOOL\\Alice", password],
      title: "Signed by Alice",
    });
    expect(printed.status).toBe("successful-ok");
    await sees("alice", "Signed by Alice");
  });

  test("are never asked for without TLS, where they are not taken either", async () => {
    const asked = await print({ printer: plain("signed"), user: "alice" });
    expect(asked.http).toBe(426);
    expect(asked.headers.upgrade).toContain("TLS/1.2");
    const sent = await print({ printer: plain("signed"), basic: ["alice", password] });
    expect(sent.status).toBe("client-error-not-authenticated");
    expect(sent.sentence).toContain("ipps://");
  });

  test("that are wrong are not replaced by a weaker way which would do", async () => {
    expect((await print({ printer: secure("mixed"), user: "bob" })).status).toBe("successful-ok");
    const wrong = { printer: secure("mixed"), user: "bob", basic: ["bob", "battery"] } as const;
    for (let n = 0; n < 3; n += 1)
      expect((await print({ ...wrong, basic: ["bob", "battery"] })).http).toBe(401);
    // The fourth try has to wait; Bob elsewhere, and everybody else here, do not.
    const slow = await print({ ...wrong, basic: ["bob", "staple"] });
    expect(slow.status).toBe("server-error-busy");
    expect(slow.sentence).toMatch(/Wait \d+ seconds/);
    const other = await print({ printer: secure("mixed"), basic: ["alice", password] });
    expect(other.status).toBe("successful-ok");
    for (const authorization of ["Bearer x", "Basic !!!", "Basic OjA=", "Negotiate YII="])
      expect((await print({ ...wrong, basic: undefined as never, authorization })).http).toBe(401);
  });

  test("of a service account let it say whose a job is, and it is never its own", async () => {
    const printed = await print({
      printer: secure("hall"),
      user: "bob@school.example.org",
      basic: ["hall", password],
      title: "Sent on for Bob",
    });
    expect(printed.status).toBe("successful-ok");
    await sees("bob", "Sent on for Bob");
    expect((await print({ printer: secure("signed"), basic: ["hall", password] })).http).toBe(401);
    const self = await print({
      printer: secure("hall"),
      user: "bob",
      basic: ["alice", password],
      title: "Not for Bob",
    });
    expect(self.status).toBe("successful-ok");
    await sees("alice", "Not for Bob");
  });
});

describe("a person's own address", () => {
  const addressFor = async (login: string, queue: string) =>
    (await site.admin.post(`/api/admin/people/${login}/addresses`, { queue }, AddressReply))
      .address;

  test("prints as that person from any client, until it is revoked", async () => {
    const address = await addressFor("alice", "own");
    const printed = await waitFor("the provider to hear of it", async () => {
      const answer = await print({ printer: address, user: "chronos", title: "From a Chromebook" });
      return answer.status === "successful-ok" ? answer : undefined;
    });
    // Whatever comes next stays at the same address.
    const job = printed.group(groupTag.job);
    expect(stringOf(job, "job-uri")).toMatch(`${address}/`);
    await sees("alice", "From a Chromebook");
    const { addresses } = await site.admin.post(
      "/api/admin/people/alice/addresses/revoke",
      { end: address.slice(-4) },
      AddressesShown,
    );
    expect(addresses[0]?.revoked).not.toBeNull();
    await waitFor("the provider to hear of it", async () =>
      (await print({ printer: address })).status === "client-error-not-found" ? true : undefined,
    );
  });

  test("is not found by trying, and stands in no log", async () => {
    const address = await addressFor("bob", "own");
    await waitFor("the provider to hear of it", async () =>
      (await print({ printer: address })).status === "successful-ok" ? true : undefined,
    );
    const token = address.slice(address.lastIndexOf("/") + 1);
    for (let n = 0; n < 200; n += 1) {
      const guess = `${token.slice(0, -2)}${String.fromCharCode(97 + (n % 26))}${(n % 6) + 2}`;
      if (guess === token) continue;
      const answer = await sendRaw({
        printer: plain(`own/${guess}`),
        code: n % 2 === 0 ? operation.getPrinterAttributes : operation.validateJob,
      });
      expect(answer.status).toBe("client-error-not-found");
    }
    for (const path of ["own/u", `signed/${token}`, `own/${token}x`, "own/../signed", "own/%75"])
      expect((await print({ printer: plain(path), user: "bob" })).status ?? "").not.toMatch(
        /^success/,
      );
    expect((await print({ printer: plain("own"), user: "bob" })).status).toBe(
      "client-error-not-authorized",
    );
    expect((await print({ printer: address })).status).toBe("successful-ok");
    expect(logged.filter((line) => line.includes(token) || line.includes(password))).toEqual([]);
  });
});

test("each address of a queue says how whoever uses it is told", async () => {
  const told = async (printer: string) => {
    const answer = await sendRaw({ printer, code: operation.getPrinterAttributes });
    const group = answer.group(groupTag.printer);
    return stringsOf(group, "printer-uri-supported").map((uri, n) => [
      uri,
      stringsOf(group, "uri-authentication-supported")[n],
    ]);
  };
  expect(await told(plain("signed"))).toEqual([[secure("signed"), "basic"]]);
  expect(await told(secure("mixed"))).toEqual([
    [secure("mixed"), "basic"],
    [plain("mixed"), "requesting-user-name"],
  ]);
});

const left =
  whyNoCupsd() ?? (existsSync("/usr/bin/ipptool") ? undefined : "ipptool is not installed");
if (left !== undefined) console.log(`Left out: passwords from CUPS and ipptool, since ${left}.`);

describe.runIf(left === undefined)("clients that we did not write", () => {
  const withPassword = (uri: string) => uri.replace("://", "://alice:correct%20horse@");

  test("CUPS sends name and password over ipps, and turns to TLS by itself from ipp", async () => {
    const cups: Cups = await startCups();
    try {
      for (const [name, uri] of [
        ["tls", secure("signed")],
        ["upgraded", plain("signed")],
      ] as const) {
        await cups.addQueue(name, withPassword(uri), "raw");
        await cups.lp(name, tryMe, {
          user: "root",
          args: ["-t", `CUPS, ${name}`, "-o", "document-format=application/pdf"],
        });
        await sees("alice", `CUPS, ${name}`);
      }
    } finally {
      await cups.close();
    }
  });

  test("ipptool prints with the name and password of the address", async () => {
    const file = join(site.folder, "print.test");
    writeFileSync(
      file,
      `{ NAME "Print" OPERATION Print-Job GROUP operation-attributes-tag
         ATTR charset attributes-charset utf-8 ATTR language attributes-natural-language en
         ATTR uri printer-uri $uri ATTR name job-name "ipptool, signed"
         ATTR mimeMediaType document-format application/pdf FILE "${tryMe}" STATUS successful-ok }`,
    );
    await runProgram("/usr/bin/ipptool", ["-tv", withPassword(secure("signed")), file]);
    await sees("alice", "ipptool, signed");
  });
});

describe("while the server is away", () => {
  test("passwords that were right, and addresses, go on; others do not", async () => {
    const address = (
      await site.admin.post("/api/admin/people/bob/addresses", { queue: "own" }, AddressReply)
    ).address;
    await waitFor("the provider to hear of it", async () =>
      (await print({ printer: address })).status === "successful-ok" ? true : undefined,
    );
    const alice = { printer: secure("signed"), basic: ["alice", password] as [string, string] };
    expect((await print(alice)).status).toBe("successful-ok");
    await site.roles.server.kill();
    // A new process has nothing in its memory: the record is on the disk.
    await site.roles.provider.kill();
    await site.roles.provider.start();
    expect((await print({ ...alice, title: "While it was away" })).status).toBe("successful-ok");
    expect((await print({ printer: address, title: "At my address" })).status).toBe(
      "successful-ok",
    );
    expect((await print({ ...alice, basic: ["alice", "wrong"] })).http).toBe(401);
    const never = await print({ ...alice, basic: ["bob", password] });
    expect(never.status).toBe("server-error-temporary-error");
    for (const guess of ["a", "b", "c"]) await print({ ...alice, basic: ["alice", guess] });
    expect((await print({ ...alice, basic: ["alice", "d"] })).status).toBe("server-error-busy");
    // Each is shown its owner's name at its owner's hands only.
    expect(await jobsOf(alice)).toContainEqual(["While it was away", "alice"]);
    expect(await jobsOf({ printer: address })).toContainEqual(["At my address", "bob"]);
  });
});
