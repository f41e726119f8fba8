import type { HIDAsync } from "node-hid";
import type { FeatureWire } from "./feature-wire.ts";
import { ReaderTrouble, troubleOf } from "./trouble.ts";

/** The kernel itself gives up after five seconds; a reader that takes so long hangs. */
const answerMs = 2_000;
/** The reader takes a moment to look at a report. */
const pauseMs = 1;

/**
 * Opens a USB HID device for feature reports of `reportLength` bytes without a report id. Throws
 * ReaderTrouble. The library is loaded here, so that a machine without it has all other readers.
 */
export async function openHid(options: {
  readonly path: string;
  readonly reportLength: number;
}): Promise<FeatureWire> {
  const { path, reportLength } = options;
  const hid = await import("node-hid").catch((error: unknown) => {
    throw troubleOf(error, path);
  });
  const device = await hid.HIDAsync.open(path).catch((error: unknown) => {
    throw troubleOf(error, path);
  });
  return wireOfHid({ device, path, reportLength });
}

type Reports = Pick<HIDAsync, "sendFeatureReport" | "getFeatureReport" | "close" | "on">;

/** Makes a wire of an open device. One report is under way at a time: the reader knows no other order. */
function wireOfHid(options: {
  readonly device: Reports;
  readonly path: string;
  readonly reportLength: number;
}): FeatureWire {
  const { device, path, reportLength } = options;
  let closing: Promise<void> | undefined;
  // The library emits its errors as events, too; without a listener they would end the program.
  device.on("error", () => undefined);

  async function answered<T>(report: Promise<T>): Promise<T> {
    if (closing !== undefined)
      throw new ReaderTrouble("gone", `The reader at ${path} was closed already.`);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new ReaderTrouble("silent", `The reader at ${path} does not answer.`)),
        answerMs,
      );
    });
    try {
      return await Promise.race([report, late]);
    } catch (error) {
      throw troubleOf(error, path);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    carries: "features",
    address: path,
    // The first byte is the report's id, and 0 where a device has none.
    async send(report) {
      await answered(device.sendFeatureReport(Buffer.from([0, ...report])));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    },
    async fetch() {
      const report = await answered(device.getFeatureReport(0, reportLength + 1));
      return Uint8Array.from(report.subarray(1));
    },
    close() {
      closing ??= device.close().catch(() => undefined);
      return closing;
    },
  };
}
