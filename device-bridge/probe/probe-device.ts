import { attribute, integer, keyword, range } from "../../ipp/build.ts";
import { parseDeviceUri } from "../../ipp/client/address.ts";
import { createIppClient, type IppClient } from "../../ipp/client/client.ts";
import type { DeviceTrust } from "../../ipp/client/connect.ts";
import { DeviceAnsweredBadly, DeviceUnreachable } from "../../ipp/client/errors.ts";
import { cancelJob } from "../../ipp/client/job-operations.ts";
import type { PrinterDescription } from "../../ipp/client/printer-description.ts";
import { canCreateJobs } from "../../ipp/client/printer-description.ts";
import { getPrinterAttributes } from "../../ipp/client/printer-operations.ts";
import { createJob } from "../../ipp/client/submit.ts";
import { status } from "../../ipp/status.ts";
import type { DeviceCredentials, DeviceProfile } from "../../protocol/device-profile.ts";
import { readSnmpCounter, type SnmpAddress } from "../devices/read-snmp.ts";
import { wait } from "../site/wait.ts";
import { gradeDevice } from "./grade-device.ts";
import { printTestJob } from "./print-test-job.ts";
import { readEscl } from "./read-escl.ts";
import { testFormats } from "./test-pages.ts";

export interface ProbeOptions {
  readonly uri: string;
  readonly trust: DeviceTrust;
  readonly credentials?: DeviceCredentials | undefined;
  readonly snmp?: { readonly port?: number; readonly community?: string } | undefined;
  /** Whether test pages may be printed: at most nine sides. */
  readonly print: boolean;
  readonly now: () => number;
  /** Told what is being done, for whoever waits. */
  readonly onStep?: (step: string) => void;
  readonly signal: AbortSignal;
}

const wakeTries = 40;
const snmpMs = 1_500;
const esclMs = 4_000;

/**
 * Reads a device, prints on it what it must, and grades it. Throws an Error with a sentence when it
 * cannot be reached, asks for other credentials, or takes no test page.
 */
export async function probeDevice(options: ProbeOptions): Promise<DeviceProfile> {
  const { uri, trust, credentials, signal, onStep = () => undefined } = options;
  const address = parseDeviceUri(uri);
  const client = createIppClient({ uri, trust, credentials });
  try {
    onStep("reading what it says of itself");
    const met = await meet(client, signal);
    const snmpAt: SnmpAddress = {
      host: address.host,
      port: options.snmp?.port ?? 161,
      community: options.snmp?.community ?? "public",
    };
    const snmp = await readSnmpCounter(snmpAt, snmpMs);
    const escl = await scannerAt({ ...address, signal });
    const asksPassword = await asksForPassword(options);
    const probing = { ...options, client, printer: met.printer, onStep };
    const snmpCount = async () =>
      snmp === undefined ? undefined : (await readSnmpCounter(snmpAt, snmpMs))?.count;
    const printed = options.print ? await printTests({ ...probing, snmpCount }) : nothingPrinted;
    const { printer, slept } = met;
    const at = new Date(options.now()).toISOString();
    return gradeDevice({ at, printer, slept, asksPassword, snmp, escl, ...printed });
  } finally {
    client.close();
  }
}

const nothingPrinted = {
  plain: undefined,
  copies: undefined,
  ranges: undefined,
  busyWhilePrinting: false,
};

/** The first look, which a sleeping device may refuse for a while. */
async function meet(
  client: IppClient,
  signal: AbortSignal,
): Promise<{ readonly printer: PrinterDescription; readonly slept: boolean }> {
  for (let tries = 0; ; tries += 1) {
    try {
      const printer = await getPrinterAttributes(client, { signal });
      if (!printer.ok) throw new Error(`The device does not tell what it is: ${printer.message}.`);
      return { printer: printer.value, slept: tries > 0 };
    } catch (error) {
      const asleep =
        error instanceof DeviceUnreachable &&
        (error.reason === "cut" || error.reason === "refused" || error.reason === "timeout");
      if (!asleep || tries >= wakeTries) throw error;
      await wait(500, signal);
      signal.throwIfAborted();
    }
  }
}

/** Whether it wants a name and password from somebody who has none. */
async function asksForPassword({ uri, trust, signal }: ProbeOptions): Promise<boolean> {
  const stranger = createIppClient({ uri, trust });
  try {
    await getPrinterAttributes(stranger, { signal });
    return false;
  } catch (error) {
    return error instanceof DeviceAnsweredBadly && error.httpStatus === 401;
  } finally {
    stranger.close();
  }
}

/** Beside the printer, or where web servers are. */
async function scannerAt({
  host,
  port,
  tls,
}: {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly signal: AbortSignal;
}) {
  const beside = await readEscl({ host, port, tls, timeoutMs: esclMs });
  if (beside !== undefined || port !== 631) return beside;
  return await readEscl({ host, port: 80, tls: false, timeoutMs: esclMs });
}

async function printTests(
  probing: ProbeOptions & {
    readonly client: IppClient;
    readonly printer: PrinterDescription;
    readonly onStep: (step: string) => void;
    readonly snmpCount: () => Promise<number | undefined>;
  },
) {
  const { client, printer, onStep, snmpCount, signal } = probing;
  const format = testFormats.find((known) => printer.documentFormats.includes(known));
  if (format === undefined)
    throw new Error(
      "The device takes neither PDF nor PWG raster, so that nothing can be tried on it.",
    );
  const createsJobs = canCreateJobs(printer);
  const test = { client, createsJobs, format, snmpCount, signal };
  const twoSided = printer.sides.includes("two-sided-long-edge");
  let busyWhilePrinting = false;

  onStep("printing four pages, one of them in colour");
  const plain = await printTestJob({
    ...test,
    pages: ["grey", "red", "grey", "grey"],
    template: [attribute("sides", keyword(twoSided ? "two-sided-long-edge" : "one-sided"))],
    sides: 4,
    sheets: twoSided ? 2 : 4,
    colour: 1,
    async onPrinting() {
      busyWhilePrinting = createsJobs && (await refusesAnother(client, signal));
    },
  });
  onStep("printing two pages twice");
  const oneSided = attribute("sides", keyword("one-sided"));
  const copies = await printTestJob({
    ...test,
    pages: ["grey", "grey"],
    template: [oneSided, attribute("copies", integer(2))],
    sides: 4,
    sheets: 4,
    colour: 0,
  });
  onStep("printing one page of three");
  const ranges = await printTestJob({
    ...test,
    pages: ["grey", "grey", "grey"],
    template: [oneSided, attribute("page-ranges", range(2, 2))],
    sides: 1,
    sheets: 1,
    colour: 0,
  });
  return { plain, copies, ranges, busyWhilePrinting };
}

/** Whether a second job is refused while one prints; one that is not is taken away again. */
async function refusesAnother(client: IppClient, signal: AbortSignal): Promise<boolean> {
  const made = await createJob(client, { jobName: "Guichet test", signal });
  if (!made.ok) return made.status === status["server-error-busy"];
  await cancelJob(client, { jobId: made.value.jobId, signal });
  return false;
}
