import { connect, type Socket } from "node:net";
import { type Wire, wireOf } from "./wire.ts";

export interface DialOptions {
  readonly host: string;
  readonly port: number;
  /** How long to wait before each try after the first; begun anew after each success. */
  readonly intervals: () => Iterator<number, never, undefined>;
  readonly onOpening: () => void;
  /** A try failed; the next one comes after an interval. */
  readonly onFailed: () => void;
  readonly onWire: (wire: Wire) => {
    readonly onBytes: (bytes: Uint8Array) => void;
    readonly onClose: () => void;
  };
}

const connectMs = 5_000;

/** Keeps a connection to a reader that listens, dialling again for as long as it takes. */
export function dialTcp(options: DialOptions): { close(): void } {
  const { host, port, intervals, onOpening, onFailed, onWire } = options;
  let waits = intervals();
  let timer: NodeJS.Timeout | undefined;
  let socket: Socket | undefined;
  let closed = false;

  function again(): void {
    if (closed) return;
    timer = setTimeout(dial, waits.next().value);
    timer.unref();
  }

  function dial(): void {
    onOpening();
    const trying = connect({ host, port });
    socket = trying;
    const late = setTimeout(() => trying.destroy(), connectMs);
    const failed = () => {
      clearTimeout(late);
      onFailed();
      again();
    };
    trying.on("error", () => undefined);
    trying.once("close", failed);
    trying.once("connect", () => {
      clearTimeout(late);
      trying.off("close", failed);
      waits = intervals();
      let events: ReturnType<typeof onWire> | undefined;
      const wire = wireOf(trying, {
        onBytes: (bytes) => events?.onBytes(bytes),
        onClose: () => {
          events?.onClose();
          again();
        },
      });
      events = onWire(wire);
    });
  }

  dial();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.destroy();
    },
  };
}
