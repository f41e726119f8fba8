import type { IncomingMessage, ServerResponse } from "node:http";
import { faultCatalogue, faultNames, isFaultName } from "../printer/fault-catalogue.ts";
import { behaves, habitCatalogue, habitNames } from "../printer/habits.ts";
import { readFault } from "../printer/read-fault.ts";
import { describeDevice } from "./describe-device.ts";
import { esclCapabilities } from "./escl-capabilities.ts";
import { type PageFiles, sendPageFile } from "./page-files.ts";
import type { PaperTray } from "./paper-tray.ts";
import type { PrinterHost } from "./printer-host.ts";

const bodyMax = 4096;

/** What is answered: JSON, whatever it is. */
interface ControlReply {
  readonly status: number;
  readonly body: unknown;
  readonly allow?: string;
  /** Of a body that is text already. */
  readonly type?: string;
}

/**
 * What stands around the device rather than in it: its page, the paper, the faults. It is there
 * even when the device has no power.
 */
export function createControlEndpoint(options: {
  readonly host: PrinterHost;
  readonly tray: PaperTray;
  readonly page: PageFiles;
}): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { host, tray, page } = options;

  return async (request, response) => {
    const path = pathOf(request);
    const reply = await replyTo(request, path);
    if (reply === undefined) sendPageFile(page, path, response);
    else send(response, reply);
  };

  /** The reply, or undefined where a file of the page is asked for. */
  function replyTo(
    request: IncomingMessage,
    path: string,
  ): ControlReply | undefined | Promise<ControlReply> {
    const { method = "GET" } = request;
    if (method !== "GET" && method !== "HEAD" && !isOwnOrigin(request)) {
      return refusal(403, "Another page may not set this device's faults.");
    }
    const [first, second] = path.split("/").slice(1);
    switch (first) {
      case "paper":
        return second === undefined
          ? servePaper(method, lastOf(request))
          : refusal(404, "There is no such paper.");
      case "state": {
        const more = { now: host.now(), paperRevision: tray.revision() };
        return { status: 200, body: describeDevice(host.state(), more) };
      }
      case "faults":
        if (second !== undefined) return serveFault(method, second, request);
        return method === "GET" ? { status: 200, body: listFaults(host) } : notAllowed("GET");
      case "eSCL":
        if (second !== "ScannerCapabilities" || behaves(host.state(), "no-escl")) return undefined;
        return method === "GET"
          ? { status: 200, body: esclCapabilities(host.state().config), type: "text/xml" }
          : notAllowed("GET");
      case "habits":
        return method === "GET" ? { status: 200, body: listHabits(host) } : notAllowed("GET");
      default:
        return undefined;
    }
  }

  function servePaper(method: string, last: number): ControlReply {
    if (method === "GET") return { status: 200, body: tray.sides().slice(-last) };
    if (method !== "DELETE") return notAllowed("GET, DELETE");
    host.tell({ kind: "paper-taken" });
    return { status: 200, body: { taken: true } };
  }

  async function serveFault(
    method: string,
    name: string,
    request: IncomingMessage,
  ): Promise<ControlReply> {
    if (!isFaultName(name)) {
      return refusal(404, `There is no such fault. The faults are: ${faultNames.join(", ")}.`);
    }
    if (method === "DELETE") {
      host.tell({ kind: "fault-cleared", name });
      return { status: 200, body: { name, cleared: true } };
    }
    if (method !== "PUT") return notAllowed("PUT, DELETE");
    const given = await readJson(request);
    if (given === undefined) return refusal(400, "The settings must be a small JSON object.");
    const read = readFault(name, given.value);
    if (read.kind !== "fault") return refusal(400, read.sentence);
    host.tell({ kind: "fault-set", fault: read.fault });
    return { status: 200, body: { name, ...read.fault.settings } };
  }
}

/** Every fault with its sentence, its settings as a JSON Schema, and what it is set to. */
function listFaults(host: PrinterHost) {
  return faultNames.map((name) => {
    const { title, sentence, settings } = faultCatalogue[name];
    const set = host.state().faults[name] ?? null;
    return { name, title, sentence, settings, set };
  });
}

/** Every habit with its sentence, and whether this device has it. */
function listHabits(host: PrinterHost) {
  const has = host.state().config.habits ?? [];
  return habitNames.map((name) => ({
    name,
    sentence: habitCatalogue[name],
    has: has.includes(name),
  }));
}

function pathOf(request: IncomingMessage): string {
  const { url = "/" } = request;
  return URL.canParse(url, "http://device/") ? new URL(url, "http://device/").pathname : "/";
}

/** `?last=n` asks for the newest n sides only. */
function lastOf({ url = "/" }: IncomingMessage): number {
  const last = Number(URL.parse(url, "http://device/")?.searchParams.get("last") ?? Number.NaN);
  return Number.isInteger(last) && last > 0 ? last : Number.POSITIVE_INFINITY;
}

/** A page of another site may not set faults through the browser of someone who looks at it. */
function isOwnOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** The body as JSON, undefined inside for an empty one; undefined where it is none or too long. */
async function readJson(
  request: IncomingMessage,
): Promise<{ readonly value: unknown } | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > bodyMax) return undefined;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8").trim();
  if (text === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body, allow, type }: ControlReply): void {
  response.writeHead(status, {
    "content-type": type ?? "application/json; charset=utf-8",
    "cache-control": "no-store",
    ...(allow === undefined ? {} : { allow }),
  });
  response.end(type === undefined ? JSON.stringify(body) : body);
}

function refusal(status: number, error: string): ControlReply {
  return { status, body: { error } };
}

function notAllowed(allow: string): ControlReply {
  return { ...refusal(405, `Only ${allow} can be done here.`), allow };
}
