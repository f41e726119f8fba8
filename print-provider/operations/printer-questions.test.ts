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

  it("counts the jobs that wait, freshly each time", async () => {
    const before = integerOf(await look(), "queued-job-count") ?? 0;
    await asked(operation.printJob, { document });
    expect(integerOf(await look(), "queued-job-count")).toBe(before + 1);
  });
});

describe("a client from elsewhere", () => {
  it("may look at a queue but neither prints nor sees jobs", async () => {
    const far = await startProviderForTest(close, server, { trustedNetworks: ["192.0.2.0/24"] });
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
