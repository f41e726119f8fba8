import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  attribute,
  boolean,
  enumeration,
  integer,
  keyword,
  keywords,
  mimeMediaType,
  name,
} from "../../ipp/build.ts";
import type { IppMessage } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { attributeOf, groupOf, integerOf, stringOf, stringsOf } from "../../ipp/read.ts";
import { statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import { makePwg, makeUrf } from "../documents/make-raster.ts";
import { type Asked, a4, requestOf } from "../labs/client-request.ts";
import { type Manners, type RawClient, rawClient } from "../labs/raw-ipp.ts";
import { logIn } from "./badge-session.ts";
import { closing } from "./closing.ts";
import { freePorts } from "./free-ports.ts";
import { type KioskClient, kioskClient } from "./kiosk-client.ts";
import { paper } from "./peers.ts";
import { startSite, type TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

/*
 * Clients that behave as each platform's own is known to (facts of the projects that met them). None of
 * them is the real one: what a real one does besides cannot be seen here.
 */

/** The package has no types of its own; this is what is used of it. */
const ipp: {
  Printer(url: string): {
    execute(
      name: string,
      message: object,
      done: (error: Error | null, answer: { statusCode: string }) => void,
    ): void;
  };
} = createRequire(import.meta.url)("ipp");

const tryMe = new Uint8Array(readFileSync(new URL("../../docs/try-me.pdf", import.meta.url)));
const page = { width: 240, height: 360, dotsPerInch: 300 };
const open = closing();
let site: TestSite;
let kiosk: KioskClient;
let tlsPort = 0;

beforeAll(async () => {
  [tlsPort = 0] = await freePorts(1);
  site = open.add(await startSite({ provider: { tlsPort } }));
  kiosk = open.add(kioskClient(site.ports.bridge));
  // So that the sizes and trays which clients read are those of the device.
  await waitFor("the device's abilities", async () => {
    const client = rawClient(mannersOf({ userAgent: "test" }));
    const look = request(operation.getPrinterAttributes, { user: "nobody" });
    const { message } = await client.post("/printers/find-me", look);
    client.close();
    return (
      attributeOf(groupOf(message, groupTag.printer), "finishings-supported")?.values.length !== 1
    );
  });
});
afterAll(() => open.all());

const mannersOf = (manners: Omit<Manners, "port" | "host"> & Partial<Manners>): Manners => ({
  port: site.ports.provider,
  host: `localhost:${site.ports.provider}`,
  ...manners,
});

function client(manners: Parameters<typeof mannersOf>[0]): RawClient {
  return open.add(rawClient(mannersOf(manners)));
}

const request = (code: number, asked: Asked) => requestOf(site.ports.provider, code, asked);
const path = "/printers/find-me";
const title = (text: string) => attribute("job-name", name(text));
const format = (type: string) => attribute("document-format", mimeMediaType(type));
/** Posts, and sees that the client is neither asked for a password nor answered in another version. */
async function ok(by: RawClient, asked: IppMessage, document?: Uint8Array): Promise<IppMessage> {
  const { status, headers, message } = await by.post(path, asked, document);
  expect(status).toBe(200);
  expect(headers.toLowerCase()).not.toContain("www-authenticate");
  expect(message.version).toEqual(asked.version);
  expect(message.requestId).toBe(asked.requestId);
  expect(statusName(message.code)).toBe("successful-ok");
  return message;
}

async function queuedJobs(): Promise<number> {
  const by = client({ userAgent: "test" });
  const more = [attribute("requested-attributes", keyword("queued-job-count"))];
  const asked = request(operation.getPrinterAttributes, { user: "nobody", more });
  return integerOf(groupOf(await ok(by, asked), groupTag.printer), "queued-job-count") ?? -1;
}

/** Create-Job and Send-Document, as CUPS and Windows do. */
async function inTwoSteps(
  by: RawClient,
  asked: Asked & { title: string; type: string; document: Uint8Array; packed?: boolean },
): Promise<void> {
  const made = await ok(by, request(operation.createJob, { ...asked, more: [title(asked.title)] }));
  const jobId = integerOf(groupOf(made, groupTag.job), "job-id") ?? 0;
  const send = [
    attribute("job-id", integer(jobId)),
    attribute("last-document", boolean(true)),
    format(asked.type),
    ...(asked.packed ? [attribute("compression", keyword("gzip"))] : []),
  ];
  const document = asked.packed ? gzipSync(asked.document) : asked.document;
  const { user, version } = asked;
  const sending = request(operation.sendDocument, {
    user,
    ...(version === undefined ? {} : { version }),
    more: send,
  });
  await ok(by, sending, document);
}

test("Windows: never a 401, Validate-Job again and again, HOST\\user, http in the address", async () => {
  const by = client({ userAgent: "Internet Print Provider", chunkBytes: 4096 });
  const asked = { user: "DESKTOP-7\\alice", scheme: "http" };
  const wanted = ["mopria-certified", "media-source-supported", "ipp-versions-supported"];
  const more = [attribute("requested-attributes", ...keywords(...wanted))];
  const told = await ok(by, request(operation.getPrinterAttributes, { ...asked, more }));
  const printer = groupOf(told, groupTag.printer);
  expect(stringOf(printer, "mopria-certified")).toBe("1.3");
  expect(stringsOf(printer, "ipp-versions-supported")).toContain("2.0");
  // A keyword that looks like a number makes Windows 11 hang while it connects.
  for (const source of stringsOf(printer, "media-source-supported"))
    expect(source).toMatch(/^[a-z]/);
  const before = await queuedJobs();
  const job = [
    a4,
    attribute("sides", keyword("two-sided-long-edge")),
    attribute("copies", integer(1)),
  ];
  const validate = { ...asked, job, more: [title("From Windows"), format("image/pwg-raster")] };
  for (let round = 0; round < 5; round += 1) await ok(by, request(operation.validateJob, validate));
  expect(await queuedJobs()).toBe(before);
  const document = makePwg([page, page]);
  const type = "image/pwg-raster";
  await inTwoSteps(by, { ...asked, job, title: "From Windows", type, document });
  expect(by.connections()).toBe(1);
});

test("macOS: a plain Validate-Job first, Expect: 100-continue, chunks", async () => {
  const by = client({
    userAgent: "CUPS/2.3.4 (macOS 15.1) IPP/2.0",
    expectContinue: true,
    chunkBytes: 8192,
  });
  const job = [
    attribute("media", keyword("iso_a4_210x297mm")),
    attribute("print-color-mode", keyword("color")),
    attribute("print-quality", enumeration(4)),
    attribute("orientation-requested", enumeration(3)),
    attribute("finishings", enumeration(3)),
    attribute("output-bin", keyword("face-down")),
  ];
  const more = [title("From a Mac"), format("application/pdf")];
  await ok(by, request(operation.validateJob, { user: "alice", job, more }));
  const type = "application/pdf";
  await inTwoSteps(by, { user: "alice", job, title: "From a Mac", type, document: tryMe });
});

test("iOS: reads what is loaded, sends Apple raster in one request", async () => {
  const by = client({ userAgent: "iOS/18.1 ipp", chunkBytes: 1000 });
  const wanted = ["urf-supported", "media-col-ready", "media-ready", "document-format-preferred"];
  const more = [attribute("requested-attributes", ...keywords(...wanted))];
  const told = await ok(by, request(operation.getPrinterAttributes, { user: "alice", more }));
  const printer = groupOf(told, groupTag.printer);
  expect(printer?.attributes.map((one) => one.name).sort()).toEqual(wanted.sort());
  expect(stringsOf(printer, "media-ready")).toContain("na_letter_8.5x11in");
  // CP1 would have the phone make the copies itself.
  expect(stringsOf(printer, "urf-supported")).not.toContain("CP1");
  const asked = { user: "alice", job: [a4], more: [title("From a phone"), format("image/urf")] };
  await ok(by, request(operation.printJob, asked), makeUrf([page]));
});

test("ChromeOS: ipps and the name of its policy; without one it is nobody's", async () => {
  const by = client({
    port: tlsPort,
    tls: true,
    userAgent: "CUPS/2.4 (CrOS)",
    expectContinue: true,
    chunkBytes: 4096,
  });
  const type = "image/pwg-raster";
  const document = makePwg([page]);
  await inTwoSteps(by, { user: "alice", title: "From a Chromebook", type, document, packed: true });
  const nobody = request(operation.createJob, { user: "chronos", more: [title("Untitled")] });
  const refused = await by.post(path, nobody);
  expect(statusName(refused.message.code)).toBe("client-error-not-authorized");
});

test("Android: a connection for each request, IPP 1.1, Content-Length", async () => {
  const by = client({ userAgent: "Mopria Print Service", closeEach: true });
  const asked = { user: "alice", version: [1, 1] as const };
  const more = [title("From a tablet"), format("application/octet-stream")];
  await ok(by, request(operation.validateJob, { ...asked, more }));
  await ok(by, request(operation.printJob, { ...asked, more }), makePwg([page]));
  expect(by.connections()).toBe(2);
});

test("an old client: HTTP/1.0, no charset of its own and names of another case", async () => {
  const by = client({ userAgent: "old", http: "1.0" });
  const asked = { user: "ALICE", version: [1, 0] as const };
  const more = [title("From an old one"), format("application/pdf")];
  await ok(by, request(operation.printJob, { ...asked, more }), tryMe);
});

test("the ipp package of the registry, as a script uses it", async () => {
  const printer = ipp.Printer(`http://localhost:${site.ports.provider}${path}`);
  const asked = {
    "operation-attributes-tag": {
      "requesting-user-name": "alice",
      "job-name": "From a script",
      "document-format": "application/pdf",
    },
    data: Buffer.from(tryMe),
  };
  const answer = await new Promise<{ statusCode: string }>((resolve, reject) => {
    printer.execute("Print-Job", asked, (error, said) =>
      error === null ? resolve(said) : reject(error),
    );
  });
  expect(answer.statusCode).toBe("successful-ok");
});

test("what all of them sent is Alice's, and printed when she asks for it", async () => {
  const titles = [
    "From Windows",
    "From a Mac",
    "From a phone",
    "From a Chromebook",
    "From a tablet",
    "From an old one",
    "From a script",
  ];
  await logIn(site, kiosk);
  const view = await kiosk.until(
    "all documents",
    ({ session }) =>
      session?.documents.filter(({ state }) => state === "ready").length === titles.length,
  );
  const documents = view.session?.documents ?? [];
  expect(documents.map((document) => document.title).sort()).toEqual([...titles].sort());
  const jobIds = documents.map(({ jobId }) => jobId);
  await kiosk.press({ kind: "print", jobIds, device: view.devices[0]?.id ?? "" });
  const done = await kiosk.until(
    "all printed",
    ({ session }) =>
      session?.releases.filter(({ outcome }) => outcome !== undefined).length === titles.length,
    60_000,
  );
  const outcomes = done.session?.releases.map(({ outcome }) => outcome?.kind);
  expect(new Set(outcomes)).toEqual(new Set(["printed"]));
  // Windows 2, Mac 2, phone 1, Chromebook 1, tablet 1, old one 2, script 2.
  expect((await paper(site)).length).toBe(11);
});
