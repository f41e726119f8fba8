import { afterEach, describe, expect, it } from "vitest";
import { createIppClient, type IppClientOptions } from "../ipp/client/client.ts";
import { readDeviceKey } from "../ipp/client/device-key.ts";
import { getPrinterAttributes } from "../ipp/client/printer-operations.ts";
import { createJob, printJob, sendDocument } from "../ipp/client/submit.ts";
import type { HabitName } from "./printer/habits.ts";
import { greyPage, pdfOf } from "./render/test-pdf.ts";
import { type Simulator, simulatedPassword, startSimulator } from "./start-simulator.ts";

/** Our own client at the doors of devices that are not like the others. */
let simulator: Simulator | undefined;
afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

async function meet(habits: HabitName[], options: Partial<IppClientOptions> = {}) {
  simulator = await startSimulator({ host: "127.0.0.1", port: 0, pagesPerMinute: 0, habits });
  return createIppClient({ uri: simulator.printerUri, ...options });
}

const pdf = pdfOf([greyPage, greyPage]);

describe("a document reaches", () => {
  for (const habit of ["asks-password", "asks-digest"] as const)
    it(`a device that ${habit}, once its credentials are known`, async () => {
      const client = await meet([habit], { credentials: simulatedPassword });
      const created = await createJob(client, { jobName: "one" });
      if (!created.ok) throw new Error(created.message);
      const { jobId } = created.value;
      const document = { length: pdf.length, open: () => pieces() };
      const sent = await sendDocument(client, { jobId, document, documentFormat });
      expect(sent.ok).toBe(true);
      expect(simulator?.state().jobs).toHaveLength(1);
      const stranger = createIppClient({
        uri: simulator?.printerUri ?? "",
        credentials: { user: "guichet", password: "wrong" },
      });
      await expect(getPrinterAttributes(stranger)).rejects.toMatchObject({ httpStatus: 401 });
      client.close();
      stranger.close();
    });

  it("a device that takes no chunks, and one that speaks IPP 1.1 only", async () => {
    for (const habit of ["no-chunks", "ipp-1.1", "no-empty-groups", "no-continue"] as const) {
      const client = await meet([habit]);
      const document = { length: undefined, open: () => pieces() };
      const printed = await printJob(client, { jobName: "two", document, documentFormat });
      expect(printed.ok, habit).toBe(true);
      client.close();
      await simulator?.close();
    }
    simulator = undefined;
  });

  it("a device whose key is trusted, and not one that shows another", async () => {
    await meet(["tls"]);
    const uri = simulator?.printerUri ?? "";
    const key = await readDeviceKey({ uri, timeout: 5_000 });
    if (key === undefined) throw new Error("The device shows no key.");
    const client = createIppClient({ uri, trust: { publicKey256: key.publicKey256 } });
    expect((await getPrinterAttributes(client)).ok).toBe(true);
    client.close();
    simulator?.setFault("another-key");
    const later = createIppClient({ uri, trust: { publicKey256: key.publicKey256 } });
    await expect(getPrinterAttributes(later)).rejects.toMatchObject({
      reason: "untrusted",
      message: expect.stringContaining("until a person has checked the device"),
    });
  });
});

const documentFormat = "application/pdf";

async function* pieces() {
  yield await Promise.resolve(pdf.subarray(0, 100));
  yield pdf.subarray(100);
}
