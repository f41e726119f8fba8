import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attribute, keyword } from "../../ipp/build.ts";
import { decode } from "../../ipp/decode.ts";
import type { IppAttribute, IppMessage } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { booleanOf, groupOf, integerOf, stringOf, stringsOf, valuesOf } from "../../ipp/read.ts";
import { type StatusName, statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import {
  type Ask,
  ask,
  closing,
  pdfOf,
  post,
  requestBytes,
  type ServerForTest,
  startProviderForTest,
  startServerForTest,
} from "../provider.fixture.ts";
import type { RunningProvider } from "../start-provider.ts";

const close = closing();
let server: ServerForTest;
let provider: RunningProvider;
beforeAll(async () => {
  server = await startServerForTest(close);
  provider = await startProviderForTest(close, server);
});
afterAll(() => close.all());

const document = pdfOf(["grey"]);
const asked = async (code: number, rest: Omit<Ask, "code"> = {}) =>
  ask(provider, { code, ...rest });
const sentence = (answer: IppMessage) =>
  stringOf(groupOf(answer, groupTag.operation), "status-message");

async function expectStatus(
  answer: Promise<IppMessage>,
  status: StatusName,
  words?: RegExp,
): Promise<IppMessage> {
  const message = await answer;
  expect(statusName(message.code)).toBe(status);
  if (words !== undefined) expect(sentence(message)).toMatch(words);
  return message;
}

/** PWG's `ippeveselfcert`, tests I-10, I-10.1 and I-10.2; and what AirPrint clients read. */
const wantedBySelfCertification = `
  charset-configured charset-supported color-supported compression-supported copies-default
  copies-supported document-format-default document-format-supported
  document-password-supported finishings-default finishings-supported finishings-col-default
  finishings-col-supported finishings-col-database finishings-col-ready
  generated-natural-language-supported identify-actions-default identify-actions-supported
  ipp-features-supported ipp-versions-supported job-creation-attributes-supported
  job-ids-supported media-bottom-margin-supported media-left-margin-supported
  media-right-margin-supported media-top-margin-supported media-col-database media-col-default
  media-col-ready media-col-supported media-default media-ready media-size-supported
  media-source-supported media-supported media-type-supported multiple-document-jobs-supported
  multiple-operation-time-out multiple-operation-time-out-action natural-language-configured
  operations-supported orientation-requested-default orientation-requested-supported
  output-bin-default output-bin-supported overrides-supported page-ranges-supported
  pages-per-minute pages-per-minute-color pdl-override-supported preferred-attributes-supported
  print-color-mode-default print-color-mode-supported print-content-optimize-default
  print-content-optimize-supported print-quality-default print-quality-supported
  print-rendering-intent-default print-rendering-intent-supported print-scaling-default
  print-scaling-supported printer-config-change-date-time printer-config-change-time
  printer-current-time printer-device-id printer-dns-sd-name printer-geo-location
  printer-get-attributes-supported printer-icons printer-info printer-is-accepting-jobs
  printer-location printer-make-and-model printer-more-info printer-name printer-organization
  printer-organizational-unit printer-resolution-default printer-resolution-supported
  printer-state printer-state-change-date-time printer-state-change-time printer-state-message
  printer-state-reasons printer-supply printer-supply-description printer-supply-info-uri
  printer-up-time printer-uri-supported printer-uuid pwg-raster-document-resolution-supported
  pwg-raster-document-sheet-back pwg-raster-document-type-supported queued-job-count
  sides-default sides-supported urf-supported uri-authentication-supported
  uri-security-supported which-jobs-supported
`
  .trim()
  .split(/\s+/);

describe("every operation", () => {
  it.each([
    ["a request number of 0", { requestId: 0 }, "client-error-bad-request"],
    ["version 0.0", { version: [0, 0] }, "server-error-version-not-supported"],
    ["Print-URI", { code: operation.printUri }, "server-error-operation-not-supported"],
    ["an operation that nobody knows", { code: 0x3fff }, "server-error-operation-not-supported"],
  ] as const)("refuses %s and shows nothing of the printer", async (_what, change, status) => {
    const bytes = requestBytes({ code: operation.getPrinterAttributes });
    if ("requestId" in change) bytes.writeInt32BE(change.requestId, 4);
    if ("code" in change) bytes.writeUInt16BE(change.code, 2);
    if ("version" in change) bytes.set(change.version, 0);
    const answer = decode((await post(`${provider.url}/printers/find-me`, bytes)).body);
    if (answer.kind !== "complete") throw new Error(answer.kind);
    expect(statusName(answer.message.code)).toBe(status);
    expect(groupOf(answer.message, groupTag.printer)).toBeUndefined();
  });

  it("answers in the version of the request, under its number", async () => {
    const answer = await asked(operation.getPrinterAttributes);
    expect(answer).toMatchObject({ version: { major: 2, minor: 0 }, requestId: 7 });
  });

  it("is for queues that are here", async () => {
    await expectStatus(asked(operation.getJobs, { queue: "nowhere" }), "client-error-not-found");
  });

  it.each([
    ["with a port that there is not", { host: "localhost:99999" }, 400],
    ["with a host that breaks out of an address", { host: "a/../b" }, 400],
    ["from a web page", { origin: "http://evil.example" }, 403],
    ["that is not said to be IPP", { "content-type": "text/plain" }, 415],
  ] as const)("refuses a request %s", async (_what, headers, status) => {
    const bytes = requestBytes({ code: operation.getJobs });
    const answer = await post(`${provider.url}/printers/find-me`, bytes, { ...headers });
    expect(answer.status).toBe(status);
  });
});

describe("Get-Printer-Attributes", () => {
  const look = async (operationAttributes: IppAttribute[] = [], host?: string) => {
    const rest = host === undefined ? {} : { host };
    const code = operation.getPrinterAttributes;
    return groupOf(
      await asked(code, { operation: operationAttributes, ...rest }),
      groupTag.printer,
    );
  };
  const requested = (...names: string[]) =>
    attribute("requested-attributes", ...names.map(keyword));

  it("names addresses with the host that the client used", async () => {
    const printer = await look([], "printing.school.example:9163");
    expect(stringOf(printer, "printer-uri-supported")).toBe(
      "ipp://printing.school.example:9163/printers/find-me",
    );
    expect(stringOf(printer, "printer-more-info")).toBe(
      "http://printing.school.example:9163/printers/find-me",
    );
  });

  it("has a printer-uuid that stays, another for each queue", async () => {
    const uuid = stringOf(await look(), "printer-uuid");
    expect(uuid).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(stringOf(await look(), "printer-uuid")).toBe(uuid);
    const direct = await asked(operation.getPrinterAttributes, { queue: "direct" });
    expect(stringOf(groupOf(direct, groupTag.printer), "printer-uuid")).not.toBe(uuid);
  });

  it("gives the media database only when it is named, also beside all", async () => {
    const names = async (...wanted: string[]) =>
      (await look([requested(...wanted)]))?.attributes.map(({ name: it }) => it) ?? [];
    expect(await names("all")).not.toContain("media-col-database");
    expect(await names("all")).toContain("media-supported");
    expect(await names("all", "media-col-database")).toContain("media-col-database");
    expect(await names("media-default", "queued-job-count")).toEqual([
      "media-default",
      "queued-job-count",
    ]);
    expect(await names("job-template")).not.toContain("printer-name");
    expect(await names("printer-description")).not.toContain("sides-supported");
    expect(await names("none")).toEqual([]);
  });

  it("tells all that the self-certification of IPP Everywhere asks for, each list as long as its twin", async () => {
    const printer = await look([requested("all", "media-col-database")]);
    const told = new Set(printer?.attributes.map(({ name }) => name));
    expect(wantedBySelfCertification.filter((name) => !told.has(name))).toEqual([]);
    const count = (name: string) => valuesOf(printer, name).length;
    expect(count("uri-security-supported")).toBe(count("printer-uri-supported"));
    expect(count("uri-authentication-supported")).toBe(count("printer-uri-supported"));
    expect(count("printer-supply-description")).toBe(count("printer-supply"));
    const creation = stringsOf(printer, "job-creation-attributes-supported");
    expect(creation).toEqual(expect.arrayContaining(["media", "print-color-mode"]));
    // Each choice that is offered has a default, which is one of what is offered.
    for (const { name, values } of printer?.attributes ?? []) {
      if (!name.endsWith("-default") || name.startsWith("document-format")) continue;
      const offered = valuesOf(printer, name.replace(/-default$/, "-supported"));
      if (values[0]?.kind === "collection" || offered[0]?.kind === "rangeOfInteger") continue;
      expect([name, offered]).toEqual([name, expect.arrayContaining([values[0]])]);
    }
  });

  it("shows pictures of three sizes at the addresses that it names", async () => {
    const icons = stringsOf(await look(), "printer-icons");
    expect(icons).toHaveLength(3);
    for (const [index, size] of [48, 128, 512].entries()) {
      const address = new URL(icons[index] ?? "").pathname;
      const answer = await fetch(`${provider.url}${address}`);
      expect(answer.headers.get("content-type")).toBe("image/png");
      const png = Buffer.from(await answer.arrayBuffer());
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    }
    expect((await fetch(`${provider.url}/icons/printer-49.png`)).status).toBe(404);
  });

  it("counts the jobs that wait, freshly each time", async () => {
    const before = integerOf(await look(), "queued-job-count") ?? 0;
    await asked(operation.printJob, { document });
    expect(integerOf(await look(), "queued-job-count")).toBe(before + 1);
  });
});

describe("a client from elsewhere", () => {
  it("may look at a queue but neither prints nor sees jobs", async () => {
    const far = await startProviderForTest(close, server, {
      trust: { networks: ["192.0.2.0/24"] },
    });
    const look = { code: operation.getPrinterAttributes };
    expect(
      booleanOf(groupOf(await ask(far, look), groupTag.printer), "printer-is-accepting-jobs"),
    ).toBe(true);
    for (const code of [operation.printJob, operation.getJobs, operation.validateJob])
      await expectStatus(
        ask(far, { code, document }),
        "client-error-not-authorized",
        /administrator/,
      );
  });
});

describe("Identify-Printer", () => {
  it("does what a queue can, and names what it cannot", async () => {
    await expectStatus(asked(operation.identifyPrinter), "successful-ok");
    const loud = [attribute("identify-actions", keyword("sound"))];
    const answer = await expectStatus(
      asked(operation.identifyPrinter, { operation: loud }),
      "successful-ok-ignored-or-substituted-attributes",
    );
    const unsupported = groupOf(answer, groupTag.unsupported);
    expect(stringsOf(unsupported, "identify-actions")).toEqual(["sound"]);
    expect(valuesOf(unsupported, "identify-actions")).toHaveLength(1);
  });
});
