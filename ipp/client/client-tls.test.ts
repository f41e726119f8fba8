import { once } from "node:events";
import { createServer } from "node:https";
import { describe, expect, test } from "vitest";
import { encode } from "../encode.ts";
import { receiveMessage } from "../receive.ts";
import { createIppClient } from "./client.ts";
import type { DeviceTrust } from "./connect.ts";
import { getPrinterAttributes } from "./printer-operations.ts";
import { makeCertificate } from "./self-signed-certificate.ts";

const certificate = makeCertificate("printer.example");

async function startSecureDevice() {
  let requests = 0;
  const server = createServer(certificate, async (request, response) => {
    requests += 1;
    const received = await receiveMessage(request.iterator({ destroyOnReturn: false }));
    if (received.kind === "malformed") throw new Error(received.reason);
    response.setHeader("content-type", "application/ipp");
    response.end(encode({ ...received.message, code: 0 }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    uri: `ipps://127.0.0.1:${address.port}/ipp/print`,
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

describe("a device on ipps", () => {
  test.each<[string, DeviceTrust]>([
    ["its fingerprint is trusted", { fingerprint256: certificate.fingerprint256 }],
    [
      "it is trusted in small letters",
      { fingerprint256: certificate.fingerprint256.toLowerCase() },
    ],
    ["anyone is trusted", "anyone"],
  ])("is spoken to when %s", async (_, trust) => {
    await using device = await startSecureDevice();
    const client = createIppClient({ uri: device.uri, trust });
    expect((await getPrinterAttributes(client)).ok).toBe(true);
    client.close();
  });

  test.each<[string, DeviceTrust]>([
    ["no authority vouches for it", "authorities"],
    ["another fingerprint was trusted", { fingerprint256: "00".repeat(32) }],
    ["no fingerprint was given", { fingerprint256: "" }],
  ])("hears nothing from us when %s, and its fingerprint is told", async (_, trust) => {
    await using device = await startSecureDevice();
    const client = createIppClient({ uri: device.uri, trust });
    await expect(getPrinterAttributes(client)).rejects.toMatchObject({
      name: "DeviceUnreachable",
      reason: "untrusted",
      reached: "nothing",
      message: expect.stringContaining(certificate.fingerprint256),
    });
    expect(device.requests()).toBe(0);
  });
});
