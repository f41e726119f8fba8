import * as ipp from "../../ipp/build.ts";
import type { IppAttribute, IppMessage } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { groupOf, groupsOf, integerOf } from "../../ipp/read.ts";
import { type JobStateName, jobStateName } from "../../ipp/states.ts";
import { statusName } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";
import type { DocumentPage } from "./document-page.ts";
import type { FaultName } from "./fault-catalogue.ts";
import type { PrinterConfig } from "./printer-state.ts";
import {
  createTwin,
  type PrinterTwin,
  type TwinAnswer,
  type TwinDocument,
} from "./printer-twin.ts";
import { readFault } from "./read-fault.ts";

/** One page a second from the first on, so that tests can count time in pages. */
export const steadyConfig: PrinterConfig = {
  name: "Tester",
  location: "",
  uuid: "00000000-0000-4000-8000-000000000001",
  seed: "0123456789abcde",
  pagesPerMinute: 60,
  warmUpMs: 0,
  warmForMs: 60_000,
  pathSides: 2,
  historyMs: 60_000,
  documentWaitMs: 120_000,
  trayCapacity: 100_000,
};

export const printerUri = "ipp://device.invalid:631/ipp/print";

/** A document of A4 pages: "gcg" has three, the second of them in colour. */
export function documentOf(colours: string, bytes = 1000): TwinDocument {
  const pages = [...colours].map(
    (letter): DocumentPage => ({
      colour: letter === "c" ? "colour" : "grey",
      width: 21000,
      height: 29700,
    }),
  );
  return { pages, bytes };
}

/** A request as a client makes it. */
export function requestOf(
  code: number,
  more: {
    readonly operation?: readonly IppAttribute[];
    readonly job?: readonly IppAttribute[];
    readonly requestId?: number;
  } = {},
): IppMessage {
  return {
    version: { major: 2, minor: 0 },
    code,
    requestId: more.requestId ?? 1,
    groups: [
      ipp.operationGroup([
        ipp.attribute("printer-uri", ipp.uri(printerUri)),
        ipp.attribute("requesting-user-name", ipp.name("alice")),
        ...(more.operation ?? []),
      ]),
      ...(more.job === undefined ? [] : [ipp.group(groupTag.job, more.job)]),
    ],
  };
}

/** A twin with short words for what tests do to it again and again. */
export function createTestDevice(config: Partial<PrinterConfig> = {}) {
  const start = Date.UTC(2026, 0, 5, 9);
  const twin = createTwin({ config: { ...steadyConfig, ...config }, now: start });
  return {
    twin,
    print: (document: TwinDocument, job: readonly IppAttribute[] = []) =>
      messageOf(twin.request(requestOf(operation.printJob, { job }), document)),
    job: (id: number) => lookUp(twin, id),
    cancel: (id: number) => messageOf(twin.request(aboutJob(operation.cancelJob, id))),
    printer: () =>
      groupOf(messageOf(twin.request(requestOf(operation.getPrinterAttributes))), groupTag.printer),
    set(name: FaultName, settings?: unknown) {
      const read = readFault(name, settings);
      if (read.kind !== "fault") throw new Error(read.sentence);
      twin.tell({ kind: "fault-set", fault: read.fault });
    },
    clear: (name: FaultName) => twin.tell({ kind: "fault-cleared", name }),
    /** Lets seconds pass. */
    pass: (seconds: number) => twin.advanceTo(twin.now() + seconds * 1000),
    /** The pages that came out, in order. */
    pagesOut: () => twin.paper().map(({ page }) => page),
  };
}

export function aboutJob(code: number, id: number): IppMessage {
  return requestOf(code, { operation: [ipp.attribute("job-id", ipp.integer(id))] });
}

/** The message of an answer. Throws when the connection gave none. */
export function messageOf(answer: TwinAnswer): IppMessage {
  if (answer.kind !== "answer") throw new Error(`There was no answer: ${answer.kind}.`);
  return answer.message;
}

function lookUp(twin: PrinterTwin, id: number) {
  const message = messageOf(twin.request(aboutJob(operation.getJobAttributes, id)));
  const group = groupsOf(message, groupTag.job)[0];
  const state: JobStateName | undefined = jobStateName(integerOf(group, "job-state"));
  return { status: statusName(message.code), group, state };
}
