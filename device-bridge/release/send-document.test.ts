import { Readable } from "node:stream";
import { expect, it } from "vitest";
import type { Call, IppClient } from "../../ipp/client/client.ts";
import { DeviceUnreachable, DocumentUnreadable } from "../../ipp/client/errors.ts";
import type { Outcome } from "../../ipp/client/outcome.ts";
import type { IppMessage } from "../../ipp/message.ts";
import type { Documents } from "./documents.ts";
import { jobId, particulars, releaseId } from "./release.fixture.ts";
import { sendToDevice } from "./send-document.ts";

const document = { provider: "main", jobId, releaseId, attempt: 1, fence: 7, particulars };
const bytes = Buffer.from("%PDF-1.7 and so on");

function documents(take: Documents["take"]): Documents {
  return { prepare: () => undefined, take, drop: () => undefined, close: () => undefined };
}

const whole = documents(() =>
  Promise.resolve({
    length: bytes.length,
    body: Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]),
  }),
);

/** A device's client that does with the document what a test says. */
function client(call: (call: Call) => Promise<Outcome<IppMessage>>): IppClient {
  return { printerUri: "ipp://192.0.2.2/ipp/print", call, close: () => undefined };
}

const done: Outcome<IppMessage> = {
  ok: true,
  value: { version: { major: 2, minor: 0 }, code: 0, requestId: 1, groups: [] },
  status: 0,
  unsupported: [],
};

async function readAll({ document: sent }: Call): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of sent?.open(new AbortController().signal) ?? []) pieces.push(piece);
  return Buffer.concat(pieces);
}

const send = (parts: { documents?: Documents; client: IppClient }) =>
  sendToDevice({
    documents: whole,
    deviceJobId: 5,
    jobName: "Guichet aaaaaaaa",
    document,
    signal: new AbortController().signal,
    ...parts,
  });

it("hands every byte over as it is, with its format and length", async () => {
  let got: Buffer | undefined;
  const { event } = await send({
    client: client(async (call) => {
      expect([call.jobId, call.document?.length]).toEqual([5, bytes.length]);
      got = await readAll(call);
      return done;
    }),
  });
  expect(event).toEqual({ kind: "document-sent" });
  expect(got).toEqual(bytes);
});

it("tells the device nothing while the provider has given nothing", async () => {
  let asked = false;
  const { event } = await send({
    documents: documents(() => Promise.reject(new Error("away"))),
    client: client(() => {
      asked = true;
      return Promise.resolve(done);
    }),
  });
  expect(event).toEqual({
    kind: "document-not-sent",
    begun: false,
    whole: false,
    side: "provider",
  });
  expect(asked).toBe(false);
});

const cut = (reached: "request" | "document") =>
  new DeviceUnreachable("The device cut the connection.", { reason: "cut", reached });

it.each<[string, (call: Call) => Promise<Outcome<IppMessage>>, object]>([
  [
    "no byte of the document had left",
    () => Promise.reject(cut("request")),
    { begun: false, whole: false, side: "device" },
  ],
  [
    "some had",
    () => Promise.reject(cut("document")),
    { begun: true, whole: false, side: "device" },
  ],
  [
    "all had, and only the answer is missing",
    async (call) => {
      await readAll(call);
      throw cut("document");
    },
    { begun: true, whole: true, side: "device" },
  ],
  [
    "the provider broke off in the middle",
    () =>
      Promise.reject(new DocumentUnreadable("The document ended early.", { reached: "document" })),
    { begun: true, whole: false, side: "provider" },
  ],
  [
    "the device refused it",
    () =>
      Promise.resolve({ ok: false, status: 0x040a, message: "no such format", unsupported: [] }),
    { begun: true, whole: false, side: "device" },
  ],
  [
    "nobody can say how far it was",
    () => Promise.reject(new Error("something else")),
    { begun: true, whole: false, side: "device" },
  ],
])("says how far it was when it broke: %s", async (_name, call, how) => {
  const { event, error } = await send({ client: client(call) });
  expect(event).toEqual({ kind: "document-not-sent", ...how });
  expect(error).toBeInstanceOf(Error);
});

it("fetches the document anew when it is opened a second time", async () => {
  let fetched = 0;
  const { event } = await send({
    documents: documents(() => {
      fetched += 1;
      return Promise.resolve({ length: bytes.length, body: Readable.from([bytes]) });
    }),
    client: client(async (call) => {
      await readAll(call);
      expect(await readAll(call)).toEqual(bytes);
      return done;
    }),
  });
  expect([event.kind, fetched]).toEqual(["document-sent", 2]);
});
