import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  attribute,
  boolean,
  integer,
  keyword,
  mimeMediaType,
  name,
  range,
} from "../../ipp/build.ts";
import { decode } from "../../ipp/decode.ts";
import type { IppAttribute, IppMessage } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import {
  attributeOf,
  booleanOf,
  groupOf,
  groupsOf,
  integerOf,
  integersOf,
  stringOf,
  stringsOf,
  valuesOf,
} from "../../ipp/read.ts";
import { jobState } from "../../ipp/states.ts";
import { type StatusName, statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import {
  type Ask,
  ask,
  closing,
  jobIdOf,
  jobOf,
  pdfFormat,
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
const jobId = (id: number) => attribute("job-id", integer(id));
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

describe("Print-Job and Validate-Job", () => {
  it.each([
    [
      "another format",
      attribute("document-format", mimeMediaType("image/jpeg")),
      "client-error-document-format-not-supported",
    ],
    [
      "another compression",
      attribute("compression", keyword("bzip2")),
      "client-error-compression-not-supported",
    ],
  ] as const)("refuse %s and say which", async (_what, wrong, status) => {
    for (const code of [operation.printJob, operation.validateJob]) {
      const answer = await expectStatus(asked(code, { operation: [wrong], document }), status);
      expect(groupOf(answer, groupTag.unsupported)?.attributes).toEqual([wrong]);
    }
  });

  it("tell what a document is that does not say so, and take nothing but PDF", async () => {
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    await expectStatus(asked(operation.printJob, { document }), "successful-ok");
    await expectStatus(
      asked(operation.printJob, { document: jpeg }),
      "client-error-document-format-not-supported",
      /Only PDF/,
    );
    await expectStatus(
      asked(operation.printJob, { document: jpeg, operation: [pdfFormat] }),
      "client-error-document-format-error",
    );
    const pjl = Buffer.concat([Buffer.from("\x1b%-12345X@PJL SET\r\n"), document]);
    await expectStatus(
      asked(operation.printJob, { document: pjl }),
      "client-error-document-format-not-supported",
    );
    await expectStatus(asked(operation.printJob), "client-error-bad-request", /no document/);
  });

  it("take a job without what cannot be done, and name it; with fidelity they refuse it", async () => {
    const job = [attribute("page-ranges", range(1, 1)), attribute("copies", integer(2))];
    const taken = await expectStatus(
      asked(operation.printJob, { job, document }),
      "successful-ok-ignored-or-substituted-attributes",
    );
    expect(groupOf(taken, groupTag.unsupported)?.attributes.map(({ name: it }) => it)).toEqual([
      "page-ranges",
    ]);
    const fidelity = [attribute("ipp-attribute-fidelity", boolean(true))];
    await expectStatus(
      asked(operation.printJob, { job, document, operation: fidelity }),
      "client-error-attributes-or-values-not-supported",
      /page-ranges/,
    );
    const mandatory = [attribute("job-mandatory-attributes", keyword("copies"))];
    await expectStatus(
      asked(operation.validateJob, { job, operation: mandatory }),
      "successful-ok-ignored-or-substituted-attributes",
    );
  });

  it("refuse a job that says it is larger than what is taken", async () => {
    const huge = [attribute("job-k-octets", integer(2_147_483_647))];
    await expectStatus(
      asked(operation.validateJob, { operation: huge }),
      "client-error-request-entity-too-large",
    );
  });
});

describe("Create-Job and Send-Document", () => {
  const created = async (user = "alice") => jobIdOf(await asked(operation.createJob, { user }));
  const last = attribute("last-document", boolean(true));

  it("make one job with one document", async () => {
    const id = await created();
    const sent = { operation: [jobId(id), last, pdfFormat], document };
    await expectStatus(asked(operation.sendDocument, sent), "successful-ok");
    await expectStatus(
      asked(operation.sendDocument, sent),
      "server-error-multiple-document-jobs-not-supported",
    );
    const empty = { operation: [jobId(id), last] };
    await expectStatus(asked(operation.sendDocument, empty), "successful-ok");
    await expectStatus(asked(operation.closeJob, { operation: [jobId(id)] }), "successful-ok");
  });

  it("want to know whether it is the last one, and who sends it", async () => {
    const id = await created();
    await expectStatus(
      asked(operation.sendDocument, { operation: [jobId(id)], document }),
      "client-error-bad-request",
    );
    await expectStatus(
      asked(operation.sendDocument, { operation: [jobId(id), last], document, user: "bob" }),
      "client-error-not-authorized",
    );
  });

  it("end a job that is closed without a document", async () => {
    const id = await created();
    await expectStatus(
      asked(operation.sendDocument, { operation: [jobId(id), last] }),
      "successful-ok",
    );
    const job = jobOf(await asked(operation.getJobAttributes, { operation: [jobId(id)] }));
    expect(integerOf(job, "job-state")).toBe(jobState.aborted);
    expect(stringOf(job, "job-state-message")).toMatch(/without a document/);
  });
});

describe("the owner of a job", () => {
  it("is the only one who cancels it, is shown its title, and finds it among their jobs", async () => {
    const user = "dora";
    const title = attribute("job-name", name("Private"));
    const id = jobIdOf(await asked(operation.printJob, { user, document, operation: [title] }));
    const own = { operation: [jobId(id)], user: "SCHOOL\\Dora" };
    const other = { operation: [jobId(id)], user: "eve" };
    expect(stringOf(jobOf(await asked(operation.getJobAttributes, own)), "job-name")).toBe(
      "Private",
    );
    const seen = jobOf(await asked(operation.getJobAttributes, other));
    expect(attributeOf(seen, "job-name")).toBeUndefined();
    expect(attributeOf(seen, "job-originating-user-name")).toBeUndefined();
    await expectStatus(asked(operation.cancelJob, other), "client-error-not-authorized");

    const mine = { user, operation: [attribute("my-jobs", boolean(true))] };
    const listed = groupsOf(await asked(operation.getJobs, mine), groupTag.job);
    expect(listed.map((job) => integerOf(job, "job-id"))).toEqual([id]);
    expect(listed[0]?.attributes.map(({ name: it }) => it).sort()).toEqual(["job-id", "job-uri"]);

    await expectStatus(asked(operation.cancelJob, own), "successful-ok");
    await expectStatus(asked(operation.cancelJob, own), "client-error-not-possible", /ended/);
    const ended = { user, operation: [attribute("which-jobs", keyword("completed"))] };
    const completed = groupsOf(await asked(operation.getJobs, ended), groupTag.job);
    expect(completed.map((job) => integerOf(job, "job-id"))).toContain(id);
  });

  it("cancels all of their jobs at once, or none where one is not theirs", async () => {
    const user = "fred";
    const ids = [
      jobIdOf(await asked(operation.createJob, { user })),
      jobIdOf(await asked(operation.printJob, { user, document })),
    ];
    const some = [attribute("job-ids", ...[...ids, 999_999].map(integer))];
    const refusal = await expectStatus(
      asked(operation.cancelMyJobs, { user, operation: some }),
      "client-error-not-possible",
    );
    expect(integersOf(groupOf(refusal, groupTag.unsupported), "job-ids")).toEqual([999_999]);
    await expectStatus(asked(operation.cancelMyJobs, { user }), "successful-ok");
    const left = { user, operation: [attribute("my-jobs", boolean(true))] };
    expect(groupsOf(await asked(operation.getJobs, left), groupTag.job)).toEqual([]);
  });

  it("cannot release a held job by IPP: that takes a badge", async () => {
    const id = jobIdOf(await asked(operation.printJob, { document }));
    await expectStatus(asked(operation.holdJob, { operation: [jobId(id)] }), "successful-ok");
    await expectStatus(
      asked(operation.releaseJob, { operation: [jobId(id)] }),
      "client-error-not-possible",
      /badge/,
    );
  });
});

describe("Get-Jobs", () => {
  it("gives as many as were asked for, or those that are named", async () => {
    const first = jobIdOf(await asked(operation.createJob));
    await asked(operation.createJob);
    const limited = [attribute("limit", integer(1))];
    expect(
      groupsOf(await asked(operation.getJobs, { operation: limited }), groupTag.job),
    ).toHaveLength(1);
    const named = [attribute("job-ids", integer(first))];
    const [job] = groupsOf(await asked(operation.getJobs, { operation: named }), groupTag.job);
    expect(integerOf(job, "job-id")).toBe(first);
  });

  it("refuses a list that it does not keep", async () => {
    const wrong = attribute("which-jobs", keyword("proof-print"));
    const answer = await expectStatus(
      asked(operation.getJobs, { operation: [wrong] }),
      "client-error-attributes-or-values-not-supported",
    );
    expect(groupOf(answer, groupTag.unsupported)?.attributes).toEqual([wrong]);
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
