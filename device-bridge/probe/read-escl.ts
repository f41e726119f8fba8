import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { XMLParser } from "fast-xml-parser";

/** What a scanner says that it has. */
export interface Scanner {
  readonly version: string;
  readonly flatbed: boolean;
  readonly feeder: boolean;
}

const bytesMax = 512 * 1024;
const parser = new XMLParser({ removeNSPrefix: true, processEntities: false });

/**
 * Reads the page of a scanner's capabilities (Mopria eSCL, `GET /eSCL/ScannerCapabilities`). Undefined
 * where there is none at this address. Never throws.
 */
export async function readEscl(options: {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly timeoutMs: number;
}): Promise<Scanner | undefined> {
  const text = await fetchText(options).catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const read: unknown = parser.parse(text);
    const capabilities = memberOf(read, "ScannerCapabilities");
    if (capabilities === undefined) return undefined;
    return {
      version: String(memberOf(capabilities, "Version") ?? "unknown").slice(0, 20),
      flatbed: memberOf(capabilities, "Platen") !== undefined,
      feeder: memberOf(capabilities, "Adf") !== undefined,
    };
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function fetchText(options: {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly timeoutMs: number;
}): Promise<string | undefined> {
  const { host, port, tls, timeoutMs } = options;
  const path = "/eSCL/ScannerCapabilities";
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    // What is read says nothing secret, and is believed of a scanner only.
    const request = (tls ? httpsRequest : httpRequest)(
      { host, port, path, signal, rejectUnauthorized: false },
      (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          return resolve(undefined);
        }
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (piece: string) => {
          text += piece;
          if (text.length > bytesMax) request.destroy(new Error("The page is too long."));
        });
        response.on("end", () => resolve(text));
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end();
  });
}
