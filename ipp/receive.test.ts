import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { attribute, integer, operationGroup } from "./build.ts";
import { encode } from "./encode.ts";
import { operation } from "./operations.ts";
import { receiveMessage } from "./receive.ts";

const sendDocument = encode({
  version: { major: 2, minor: 0 },
  code: operation.sendDocument,
  requestId: 1,
  groups: [operationGroup([attribute("job-id", integer(12))])],
});

test("the document is what follows the message, and is not read before it is asked for", async () => {
  let taken = 0;
  async function* body() {
    yield sendDocument.subarray(0, 20);
    yield await Promise.resolve(Buffer.concat([sendDocument.subarray(20), Buffer.from("%PDF")]));
    taken += 1;
    yield Buffer.from("-1.7");
  }
  const received = await receiveMessage(body());
  if (received.kind !== "complete") throw new Error(received.reason);
  expect(received.message.code).toBe(operation.sendDocument);
  expect(taken).toBe(0);
  const document: Uint8Array[] = [];
  for await (const chunk of received.document) document.push(chunk);
  expect(Buffer.concat(document).toString()).toBe("%PDF-1.7");
});

test("a body that ends early is malformed", async () => {
  const body = Readable.from([sendDocument.subarray(0, 30)]);
  expect(await receiveMessage(body)).toMatchObject({ kind: "malformed" });
});

test("a body that is not IPP is malformed, and is closed", async () => {
  const body = Readable.from([Buffer.from("GET / HTTP/1.1 ".repeat(10)), Buffer.from("more")]);
  expect(await receiveMessage(body)).toMatchObject({ kind: "malformed" });
  expect(body.destroyed).toBe(true);
});

test("leaving the document half read closes the body", async () => {
  const body = Readable.from([sendDocument, Buffer.from("one"), Buffer.from("two")]);
  const received = await receiveMessage(body);
  if (received.kind !== "complete") throw new Error(received.reason);
  for await (const chunk of received.document) {
    expect(Buffer.from(chunk).toString()).toBe("one");
    break;
  }
  expect(body.destroyed).toBe(true);
});
