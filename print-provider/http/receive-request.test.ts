import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { attribute, keyword, operationGroup } from "../../ipp/build.ts";
import { encode } from "../../ipp/encode.ts";
import { operation } from "../../ipp/operations.ts";
import { piecesOf } from "../intake/document-source.ts";
import { receiveRequest } from "./receive-request.ts";

const message = encode({
  version: { major: 2, minor: 0 },
  code: operation.printJob,
  requestId: 1,
  groups: [operationGroup([attribute("compression", keyword("none"))])],
});
const body = Buffer.concat([message, Buffer.from("%PDF-1.7 short")]);

const server = createServer((request, response) => {
  let waited = false;
  void receiveRequest(request, () => {
    waited = true;
    response.writeContinue(); // tells the test that the rest may come
  }).then(async (received) => {
    if (received.kind === "malformed") return response.end(received.reason);
    const pieces: Uint8Array[] = [];
    for await (const piece of piecesOf(received.document)) pieces.push(Buffer.from(piece));
    response.end(`${received.kind}, waited ${waited}: ${Buffer.concat(pieces).toString()}`);
  });
});
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => server.close());

/** Sends a head with the first so many bytes of the body, and the rest when it is waited for. */
async function send(head: string, first: Buffer, rest?: Buffer): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(
    Buffer.concat([
      Buffer.from(`POST / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n${head}\r\n\r\n`),
      first,
    ]),
  );
  let answer = "";
  for await (const chunk of socket.setEncoding("utf8") as AsyncIterable<string>) {
    if (answer === "" && rest !== undefined) socket.write(rest);
    answer += chunk;
  }
  return answer;
}

it("takes what comes in one packet without waiting", async () => {
  const answer = await send(`Content-Length: ${body.length}`, body);
  expect(answer).toMatch(/whole, waited false: %PDF-1\.7 short/);
});

it.each([0, 3, message.length, message.length + 4])(
  "waits for what comes after byte %i",
  async (at) => {
    const answer = await send(
      `Content-Length: ${body.length}`,
      body.subarray(0, at),
      body.subarray(at),
    );
    expect(answer).toMatch(/complete, waited true: %PDF-1\.7 short/);
  },
);

it("takes a chunked body, whose length nobody says", async () => {
  const chunked = `${body.length.toString(16)}\r\n${body.toString("latin1")}\r\n0\r\n\r\n`;
  const answer = await send("Transfer-Encoding: chunked", Buffer.from(chunked, "latin1"));
  expect(answer).toMatch(/complete, waited true: %PDF-1\.7 short/);
});

it("says what is wrong with a packet that is no message", async () => {
  const cut = message.subarray(0, -1);
  const answer = await send(`Content-Length: ${cut.length}`, Buffer.from(cut));
  expect(answer).toContain("the message ends before its end tag");
});
