import type { IppMessage } from "../../ipp/message.ts";
import { type Arrived, finishDocument } from "./answer-new-job.ts";
import { answerRequest } from "./answer-request.ts";
import { connectionVerdict } from "./connection-verdict.ts";
import type { DocumentPage } from "./document-page.ts";
import type { PrintedSide } from "./printed-side.ts";
import type { PrinterEffect } from "./printer-effect.ts";
import { decide } from "./printer-machine.ts";
import type { PrinterConfig, PrinterEvent, PrinterState } from "./printer-state.ts";
import type { Reply } from "./reply.ts";
import { switchOn } from "./switch-on.ts";
import { wakeAt } from "./wake-at.ts";

/** A document as a simulation has it: what the device will find in it, and how long it is. */
export interface TwinDocument {
  readonly pages: readonly DocumentPage[];
  readonly bytes: number;
}

/** What the client of a request gets to see. */
export type TwinAnswer =
  | { readonly kind: "answer"; readonly message: IppMessage }
  /** Nothing took the connection. */
  | { readonly kind: "refused" }
  /** The connection stands, and nothing ever comes. */
  | { readonly kind: "silence" }
  /** The connection broke: the request may have been obeyed or not. */
  | { readonly kind: "broken" };

/**
 * The device without sockets, files and timers, for simulations on a clock of their own: the same
 * machine that the simulator serves over HTTP. Time only passes where `advanceTo` says so.
 */
export interface PrinterTwin {
  now(): number;
  state(): PrinterState;
  /** What lies in the tray, oldest first. */
  paper(): readonly PrintedSide[];
  tell(event: PrinterEvent): void;
  /** Sends a request as over a network that is as good as the device's faults let it be. */
  request(message: IppMessage, document?: TwinDocument): TwinAnswer;
  /** Lets time pass up to `at`, each thing in its order. */
  advanceTo(at: number): void;
}

/** A device that is switched on at `now`, in milliseconds. */
export function createTwin(options: {
  readonly config: PrinterConfig;
  readonly now: number;
}): PrinterTwin {
  let { now } = options;
  let state = switchOn(options);
  let tray: PrintedSide[] = [];
  const documents = new Map<string, TwinDocument>();
  const address = { authority: "device.invalid:631" };

  function accept(next: PrinterState, effects: readonly PrinterEffect[]): void {
    state = next;
    for (const effect of effects) {
      switch (effect.kind) {
        case "print-side":
          tray.push(effect.side);
          break;
        case "empty-tray":
          tray = [];
          break;
        case "read-document": {
          const { boot, jobId } = effect;
          const pages = documents.get(`${boot}-${jobId}`)?.pages ?? [];
          tell({ kind: "document-read", boot, jobId, pages });
          break;
        }
        case "drop-connections":
          // Requests of a twin are over when they return: none is open to be dropped.
          break;
      }
    }
  }

  function tell(event: PrinterEvent): void {
    const decision = decide(state, event, now);
    accept(decision.state, decision.effects);
  }

  function acceptReply(reply: Reply): Reply["next"] {
    accept(reply.printer, reply.effects);
    return reply.next;
  }

  function request(message: IppMessage, document?: TwinDocument): TwinAnswer {
    const verdict = connectionVerdict(state, message.code);
    if (verdict.kind === "refuse") return { kind: "refused" };
    if (verdict.kind === "hang") return { kind: "silence" };
    const next = acceptReply(answerRequest({ printer: state, request: message, address, now }));
    const bytes = document?.bytes ?? 0;
    const breaks = verdict.kind === "break-upload" && verdict.afterBytes < bytes;
    if (breaks || verdict.kind === "break-answer") tell({ kind: "connection-broken" });
    const broken = { kind: "broken" } as const;
    if (next.kind === "answer") {
      return verdict.kind === "break-answer" ? broken : { kind: "answer", message: next.message };
    }
    const { awaited } = next;
    if (document !== undefined) documents.set(`${awaited.boot}-${awaited.jobId}`, document);
    const arrived: Arrived = breaks ? broken : { kind: "whole", bytes };
    const last = acceptReply(finishDocument({ printer: state, awaited, arrived, now }));
    if (last.kind === "document") throw new Error("A document cannot ask for another.");
    if (breaks || verdict.kind === "break-answer") return broken;
    return { kind: "answer", message: last.message };
  }

  return {
    now: () => now,
    state: () => state,
    paper: () => tray,
    tell,
    request,
    advanceTo(at) {
      for (let next = wakeAt(state); next !== null && next <= at; next = wakeAt(state)) {
        now = Math.max(now, next);
        tell({ kind: "tick" });
      }
      now = Math.max(now, at);
    },
  };
}
