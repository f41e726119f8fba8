import { type OperationName, operationName } from "../../ipp/operations.ts";
import type { PrinterState } from "./printer-state.ts";

/** How the device treats the connection that a request came on. */
export type ConnectionVerdict =
  | { readonly kind: "serve" }
  /** Nobody is there: the connection ends without a word. */
  | { readonly kind: "refuse" }
  /** Someone is there, who never says anything. */
  | { readonly kind: "hang" }
  /** It breaks when so many bytes of the document have come. */
  | { readonly kind: "break-upload"; readonly afterBytes: number }
  /** It breaks when all is done and only the answer is missing. */
  | { readonly kind: "break-answer" };

const registered = {
  printJob: "Print-Job",
  createJob: "Create-Job",
  sendDocument: "Send-Document",
  cancelJob: "Cancel-Job",
  getJobAttributes: "Get-Job-Attributes",
} as const satisfies Partial<Record<OperationName, string>>;

/** Operations that carry a document: the others have no upload that could break. */
const withDocument = ["Print-Job", "Send-Document"];

/** What becomes of the connection of a request for the operation with this code. */
export function connectionVerdict(printer: PrinterState, code: number): ConnectionVerdict {
  const { faults } = printer;
  if (printer.power.kind === "off" || faults.offline !== undefined) return { kind: "refuse" };
  const name = registeredName(code);
  const hits = (only: string | undefined) => only === undefined || only === name;
  if (faults.hang !== undefined && hits(faults.hang.operation)) return { kind: "hang" };
  const drop = faults["connection-dropped"];
  if (drop === undefined || !hits(drop.operation)) return { kind: "serve" };
  const carriesDocument = name !== undefined && withDocument.includes(name);
  if (drop.when === "upload") {
    return carriesDocument ? { kind: "break-upload", afterBytes: drop.bytes } : { kind: "serve" };
  }
  // Unless told otherwise, the answer that is missed most: the one that would tell the job's fate.
  return carriesDocument || drop.operation !== undefined
    ? { kind: "break-answer" }
    : { kind: "serve" };
}

function registeredName(code: number): string | undefined {
  const name = operationName(code);
  return name !== undefined && Object.hasOwn(registered, name)
    ? registered[name as keyof typeof registered]
    : undefined;
}
