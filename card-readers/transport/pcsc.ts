import type { Candidate } from "../driver.ts";
import { keepPcscChild } from "../pcsc/pcsc-child.ts";
import type { PluggedTransport } from "./plugged.ts";
import { ReaderTrouble } from "./trouble.ts";
import type { UidWire, UidWireEvents } from "./uid-wire.ts";

/** Where pcscd listens on every system that has it. */
export const usualSocket = "/run/pcscd/pcscd.comm";
/** Nobody asks for readers any more: the child process is not needed. */
const unusedMs = 15_000;

interface Open {
  readonly name: string;
  listener: UidWireEvents | undefined;
}

export interface PcscTransport extends PluggedTransport {
  /** Of the child process, while there is one. */
  pid(): number | undefined;
  close(): void;
}

/**
 * Contactless readers behind the smart card service. What speaks to the service is a child process,
 * started when readers are first looked for and ended when nobody looks for them any more.
 */
export function pcscTransport(options: { readonly socketPath: string }): PcscTransport {
  const opens = new Set<Open>();
  let names: readonly string[] = [];
  let trouble: ReaderTrouble | undefined;
  let child: ReturnType<typeof keepPcscChild> | undefined;
  let unused: NodeJS.Timeout | undefined;

  function close(): void {
    clearTimeout(unused);
    child?.close();
    child = undefined;
    names = [];
  }

  function used(): void {
    clearTimeout(unused);
    unused = setTimeout(() => {
      if (opens.size === 0) close();
    }, unusedMs);
    unused.unref();
    child ??= keepPcscChild({
      socketPath: options.socketPath,
      events: {
        onReaders(now) {
          names = now;
          if (names.length > 0) trouble = undefined;
          for (const open of opens)
            if (!names.includes(open.name))
              end(open, new ReaderTrouble("gone", goneSentence(open.name)));
        },
        onCard(reader, { uid, tagType }) {
          for (const { name, listener } of opens)
            if (name === reader) listener?.onUid(uid, tagType);
        },
        onTaken(reader) {
          for (const { name, listener } of opens) if (name === reader) listener?.onRemoved();
        },
        onTrouble(kind, sentence) {
          trouble = new ReaderTrouble(kind === "forbidden" ? "forbidden" : "gone", sentence);
        },
      },
    });
  }

  function end(open: Open, why: ReaderTrouble): void {
    opens.delete(open);
    open.listener?.onClose(why);
  }

  return {
    list() {
      used();
      return Promise.resolve(names.map((address): Candidate => ({ transport: "pcsc", address })));
    },
    open({ address }): Promise<UidWire> {
      used();
      if (!names.includes(address))
        return Promise.reject(trouble ?? new ReaderTrouble("gone", goneSentence(address)));
      const open: Open = { name: address, listener: undefined };
      opens.add(open);
      return Promise.resolve({
        carries: "uids",
        address,
        listen(events) {
          open.listener = events;
          if (!opens.has(open)) events.onClose(new ReaderTrouble("gone", goneSentence(address)));
        },
        close() {
          opens.delete(open);
          return Promise.resolve();
        },
      });
    },
    pid: () => child?.pid(),
    close,
  };
}

const goneSentence = (name: string) => `The smart card service has no reader "${name}".`;
