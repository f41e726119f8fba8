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
import type { IppMessage } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { attributeOf, groupOf, groupsOf, integerOf, integersOf, stringOf } from "../../ipp/read.ts";
import { jobState } from "../../ipp/states.ts";
import { type StatusName, statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import { makeJpeg } from "../../test/documents/make-jpeg.ts";
import { makePwg, makeUrf } from "../../test/documents/make-raster.ts";
import {
  type Ask,
  ask,
  closing,
  jobIdOf,
  jobOf,
  pdfFormat,
  pdfOf,
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

describe("Print-Job and Validate-Job", () => {
  it.each([
    [
      "another format",
      attribute("document-format", mimeMediaType("application/postscript")),
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

  it("tell what a document is that does not say so, and take only what can be counted", async () => {
    const jpeg = makeJpeg({ paint: () => [1, 2, 3] });
    for (const taken of [document, jpeg, makePwg([{}]), makeUrf([{}])])
      await expectStatus(asked(operation.printJob, { document: taken }), "successful-ok");
    for (const [begins, what] of [
      ["%!PS-Adobe-3.0\n", /This is PostScript\. PDF, JPEG/],
      ["\x1bE\x1b&l1X", /printer commands/],
      ["PK\x03\x04\x14\0", /Office/],
      ["<html><body>", /web page/],
      ["Dear Sir or Madam,\n", /plain text/],
      ["\x89PNG\r\n\x1a\n", /PNG/],
      ["\0\x01\x02\x03", /^PDF, JPEG/],
    ] as const)
      await expectStatus(
        asked(operation.printJob, { document: Buffer.from(begins.padEnd(99), "latin1") }),
        "client-error-document-format-not-supported",
        what,
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
    const job = [attribute("job-sheets", keyword("standard")), attribute("copies", integer(2))];
    const taken = await expectStatus(
      asked(operation.printJob, { job, document }),
      "successful-ok-ignored-or-substituted-attributes",
    );
    expect(groupOf(taken, groupTag.unsupported)?.attributes.map(({ name: it }) => it)).toEqual([
      "job-sheets",
    ]);
    const fidelity = [attribute("ipp-attribute-fidelity", boolean(true))];
    await expectStatus(
      asked(operation.printJob, { job, document, operation: fidelity }),
      "client-error-attributes-or-values-not-supported",
      /job-sheets/,
    );
    const mandatory = [attribute("job-mandatory-attributes", keyword("copies"))];
    await expectStatus(
      asked(operation.validateJob, { job, operation: mandatory }),
      "successful-ok-ignored-or-substituted-attributes",
    );
  });

  it("refuse a job whose pages cannot be chosen or laid side by side: too much would come out", async () => {
    for (const wish of [attribute("page-ranges", range(1, 1)), attribute("number-up", integer(2))])
      await expectStatus(
        asked(operation.printJob, { job: [wish], document }),
        "client-error-attributes-or-values-not-supported",
        new RegExp(wish.name),
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
