import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { trustedMs, waitAfter } from "../life/decide-life.ts";
import { aliveMs, type ChildMessage, type ServiceTrouble } from "./child-message.ts";

export interface PcscChildEvents {
  readonly onReaders: (names: readonly string[]) => void;
  readonly onCard: (
    reader: string,
    card: { readonly uid: string; readonly tagType?: string },
  ) => void;
  readonly onTaken: (reader: string) => void;
  /** The service, or the child itself: it is started again by then. */
  readonly onTrouble: (trouble: ServiceTrouble | "died", sentence: string) => void;
}

const file = fileURLToPath(new URL("./pcsc-process.ts", import.meta.url));
const hangsMs = 5 * aliveMs;

/**
 * Keeps the child process that speaks to the smart card service: started again when it dies, ended when
 * it hangs. Neither keeps this process from ending.
 */
export function keepPcscChild(options: {
  readonly socketPath: string;
  readonly events: PcscChildEvents;
}): { readonly pid: () => number | undefined; close(): void } {
  const { socketPath, events } = options;
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let waits = 0;
  let closed = false;

  function start(): void {
    const startedAt = performance.now();
    const started = spawn(process.execPath, [file, socketPath], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "json",
    });
    child = started;
    let hangs = setTimeout(() => undefined, 0);
    const heard = () => {
      clearTimeout(hangs);
      hangs = setTimeout(() => started.kill("SIGKILL"), hangsMs);
      hangs.unref();
    };
    heard();
    started.unref();
    started.channel?.unref();
    started.on("message", (message) => {
      if (started !== child) return;
      heard();
      // It is our own program, and says nothing else.
      tell(message as ChildMessage);
    });
    started.on("error", () => undefined);
    started.once("close", () => {
      clearTimeout(hangs);
      if (closed || started !== child) return;
      events.onReaders([]);
      events.onTrouble(
        "died",
        "The process that asks the smart card service died; it is started again.",
      );
      if (performance.now() - startedAt > trustedMs) waits = 0;
      timer = setTimeout(start, waitAfter(waits));
      timer.unref();
      waits += 1;
    });
  }

  function tell(message: ChildMessage): void {
    switch (message.kind) {
      case "readers":
        events.onReaders(message.names);
        return;
      case "card":
        events.onCard(message.reader, message);
        return;
      case "taken":
        events.onTaken(message.reader);
        return;
      case "trouble":
        events.onTrouble(message.trouble, message.sentence);
        return;
      case "alive":
        return;
    }
  }

  start();
  return {
    pid: () => child?.pid,
    close() {
      closed = true;
      clearTimeout(timer);
      if (child?.connected) child.disconnect();
      else child?.kill();
    },
  };
}
