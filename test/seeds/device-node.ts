import type { IppMessage } from "../../ipp/message.ts";
import type { Arrived } from "../../simulator/printer/answer-new-job.ts";
import {
  type ConnectionVerdict,
  connectionVerdict,
} from "../../simulator/printer/connection-verdict.ts";
import type { Fault, FaultName } from "../../simulator/printer/fault-catalogue.ts";
import type { HabitName } from "../../simulator/printer/habits.ts";
import type { PrintedSide } from "../../simulator/printer/printed-side.ts";
import type { PrinterState } from "../../simulator/printer/printer-state.ts";
import type { AwaitedDocument, Reply } from "../../simulator/printer/reply.ts";
import { switchOn } from "../../simulator/printer/switch-on.ts";
import { trayInMemory } from "../../simulator/server/paper-tray.ts";
import { hostPrinter } from "../../simulator/server/printer-host.ts";
import { pagesOf } from "./document.ts";
import type { Random } from "./random.ts";
import { nature, type World } from "./world.ts";

/** Something that is told when the device drops all of its connections. */
export type OnDrop = () => void;

export interface DeviceNode {
  readonly id: string;
  state(): PrinterState;
  verdict(code: number): ConnectionVerdict;
  ask(message: IppMessage): Reply["next"];
  /** The document has come, or will not come; `bytes` are what came. */
  finish(awaited: AwaitedDocument, arrived: Arrived, bytes: Uint8Array): IppMessage;
  /** The fault `connection-dropped` has struck. */
  connectionBroke(): void;
  readonly connections: Set<OnDrop>;
  setFault(fault: Fault): void;
  /** Mends and switches on whatever is wrong with it. */
  mend(): void;
  clearFault(name: FaultName): void;
  /** Whether this fault was ever set. */
  everHad(name: FaultName): boolean;
  /** The device's own record of what came out of it: the judge's. */
  paper(): readonly PrintedSide[];
}

/** A printer: the real simulated machine and tray, on this world's clock. */
export function createDeviceNode(options: {
  readonly world: World;
  readonly random: Random;
  readonly id: string;
  /** What it is like; by chance if left out. */
  readonly habits?: HabitName[];
}): DeviceNode {
  const { world, random, id } = options;
  const connections = new Set<OnDrop>();
  const faultsEver = new Set<FaultName>();
  const documents = new Map<string, Uint8Array>();
  const tray = trayInMemory(random.uuid());
  const host = hostPrinter({
    initial: switchOn({
      config: {
        ...configOf(random, id, tray.uuid),
        ...(options.habits && { habits: options.habits }),
      },
      now: world.now(),
    }),
    clock: {
      now: world.now,
      wakeAt: (at, wake) => world.after(at - world.now(), nature, wake),
    },
    tray,
    onRead: ({ boot, jobId }) => {
      world.after(random.wait(120, 4_000), nature, () => interpret(boot, jobId));
    },
    onDrop: () => {
      for (const dropped of [...connections]) dropped();
    },
  });

  function interpret(boot: number, jobId: number): void {
    const key = `${boot} ${jobId}`;
    const pages = pagesOf(documents.get(key) ?? new Uint8Array());
    documents.delete(key);
    if (pages !== undefined) host.tell({ kind: "document-read", boot, jobId, pages });
    else
      host.tell({
        kind: "document-unreadable",
        boot,
        jobId,
        reason: "document-format-error",
      });
  }

  return {
    id,
    state: host.state,
    verdict: (code) => connectionVerdict(host.state(), code),
    ask: (message) => host.ask(message, { authority: id }),
    finish(awaited, arrived, bytes) {
      if (arrived.kind === "whole") documents.set(`${awaited.boot} ${awaited.jobId}`, bytes);
      const next = host.finish(awaited, arrived);
      if (next.kind === "document") throw new Error("A document cannot ask for another.");
      return next.message;
    },
    connectionBroke: () => host.tell({ kind: "connection-broken" }),
    connections,
    everHad: (name) => faultsEver.has(name),
    setFault(fault) {
      faultsEver.add(fault.name);
      world.note(id, `fault ${fault.name} ${JSON.stringify(fault.settings)}`);
      host.tell({ kind: "fault-set", fault });
    },
    clearFault(name) {
      if (host.state().faults[name] === undefined) return;
      world.note(id, `fault ${name} is mended`);
      host.tell({ kind: "fault-cleared", name });
    },
    mend() {
      for (const name of Object.keys(host.state().faults) as FaultName[])
        host.tell({ kind: "fault-cleared", name });
      if (host.state().power.kind === "off")
        host.tell({ kind: "fault-cleared", name: "power-cut" });
    },
    paper: tray.sides,
  };
}

/** What a device may be like that nobody has probed, without a lie that none could see through. */
const characters: HabitName[][] = [
  ["no-create-job"],
  ["no-create-job", "busy-while-printing"],
  ["ids-again"],
  ["sheets-only"],
  ["zero-at-end"],
  ["no-device-counter"],
];

function configOf(random: Random, id: string, uuid: string): PrinterState["config"] {
  return {
    name: id,
    location: "",
    uuid,
    seed: random.uuid().replaceAll("-", "").slice(0, 15),
    pagesPerMinute: random.pick([0, 30, 30, 60, 300]),
    warmUpMs: random.pick([0, 2_000]),
    warmForMs: 60_000,
    pathSides: random.between(0, 3),
    historyMs: random.pick([2_000, 60_000]),
    documentWaitMs: random.pick([8_000, 120_000]),
    trayCapacity: 100_000,
    habits: random.pick<HabitName[]>([[], [], [], ...characters]),
  };
}
