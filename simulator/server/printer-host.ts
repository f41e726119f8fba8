import type { IppMessage } from "../../ipp/message.ts";
import { type Arrived, finishDocument } from "../printer/answer-new-job.ts";
import { answerRequest } from "../printer/answer-request.ts";
import type { Address } from "../printer/job-attributes.ts";
import type { PrintedSide } from "../printer/printed-side.ts";
import type { PrinterEffect } from "../printer/printer-effect.ts";
import { decide } from "../printer/printer-machine.ts";
import type { PrinterEvent, PrinterState } from "../printer/printer-state.ts";
import type { AwaitedDocument, Reply } from "../printer/reply.ts";
import { wakeAt } from "../printer/wake-at.ts";
import type { Clock } from "./clock.ts";
import type { PaperTray } from "./paper-tray.ts";

/** The machine in the world: it is told what happens and its effects are carried out. */
export interface PrinterHost {
  state(): PrinterState;
  now(): number;
  tell(event: PrinterEvent): void;
  ask(request: IppMessage, address: Address): Reply["next"];
  finish(awaited: AwaitedDocument, arrived: Arrived): Reply["next"];
  close(): void;
}

/** Runs a device from `initial` on, on this clock, with this tray. */
export function hostPrinter(options: {
  readonly initial: PrinterState;
  readonly clock: Clock;
  readonly tray: PaperTray;
  readonly onRead: (document: { readonly boot: number; readonly jobId: number }) => void;
  readonly onDrop: () => void;
}): PrinterHost {
  const { clock, tray } = options;
  let state = options.initial;
  let callOff: () => void = () => {};
  let closed = false;

  /** Paper and counter first: if they cannot be kept, nothing of this decision has happened. */
  function accept(next: PrinterState, effects: readonly PrinterEffect[]): void {
    keepPaper(effects);
    state = next;
    for (const effect of effects) {
      if (effect.kind === "read-document") {
        options.onRead({ boot: effect.boot, jobId: effect.jobId });
      }
      if (effect.kind === "drop-connections") options.onDrop();
    }
    callOff();
    const at = wakeAt(state);
    if (at !== null && !closed) callOff = clock.wakeAt(at, () => tell({ kind: "tick" }));
  }

  function keepPaper(effects: readonly PrinterEffect[]): void {
    let sides: PrintedSide[] = [];
    const flush = () => {
      if (sides.length > 0) tray.put(sides);
      sides = [];
    };
    for (const effect of effects) {
      if (effect.kind === "print-side") sides.push(effect.side);
      if (effect.kind === "empty-tray") {
        flush();
        tray.empty();
      }
    }
    flush();
  }

  function tell(event: PrinterEvent): void {
    // What was still under way when the device was put away has nobody to happen to.
    if (closed) return;
    const decision = decide(state, event, clock.now());
    accept(decision.state, decision.effects);
  }

  function acceptReply(reply: Reply): Reply["next"] {
    accept(reply.printer, reply.effects);
    return reply.next;
  }

  tell({ kind: "tick" });
  return {
    state: () => state,
    now: () => clock.now(),
    tell,
    ask: (request, address) =>
      acceptReply(answerRequest({ printer: state, request, address, now: clock.now() })),
    finish: (awaited, arrived) =>
      acceptReply(finishDocument({ printer: state, awaited, arrived, now: clock.now() })),
    close() {
      closed = true;
      callOff();
    },
  };
}
