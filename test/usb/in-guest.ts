// Runs in the virtual machine, as root. Plugs simulated readers into its kernel, over and over, and tells
// line by line what the bridge made of them: JSON, for kernel.test.ts.
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { argv, exit } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { listInputDevices } from "../../card-readers/transport/list-input-devices.ts";
import { readInputEvents } from "../../card-readers/wedge/input-events.ts";
import { elatecSimple } from "../../simulator/readers/elatec-simple.ts";
import { plugIntoGadget } from "../../simulator/readers/over-gadget.ts";
import { plugInPcprox } from "../../simulator/readers/pcprox-uhid.ts";
import { createUsbGadget, simulatedTwn4 } from "../../simulator/readers/usb-gadget.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import { openGuestBridge } from "./guest-bridge.ts";

/** So often the readers are plugged in again after the first time. */
const cycles = Number(argv[2]);
// Loading is all that was asked for.
if (cycles === 0) exit(0);
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const gadget = createUsbGadget(simulatedTwn4);
const bridge = await openGuestBridge();
const readers = { twn4: "serial", wedge: "input-device", pcprox: "hid" } as const;
const names = ["twn4", "wedge", "pcprox"] as const;
const connect = (these: readonly (typeof names)[number][]) =>
  bridge.setReaders(Object.fromEntries(these.map((name) => [name, { kind: readers[name] }])));
connect(names);

/** Cards that no other cycle has, so that a lost or doubled one cannot be mistaken for another. */
const cardsOf = (cycle: number) => ({
  twn4: `66CF4D${(cycle + 16).toString(16).toUpperCase()}`,
  wedge: `946EBD${(cycle + 16).toString(16).toUpperCase()}`,
  pcprox: `7606${(cycle + 16).toString(16).toUpperCase()}`,
});

for (let cycle = 0; cycle <= cycles; cycle += 1) {
  const pluggedAt = performance.now();
  gadget.plug();
  const twn4 = await plugIntoGadget(gadget, (send) => elatecSimple({ send }));
  const usbReady = Promise.all([
    bridge.readerIs("twn4", "ready"),
    bridge.readerIs("wedge", "ready"),
  ]);
  const hidPluggedAt = performance.now();
  const pcprox = await plugInPcprox();
  const hidReadyAt = await bridge.readerIs("pcprox", "ready");
  const [serialReadyAt, wedgeReadyAt] = await usbReady;
  tell({
    kind: "ready",
    cycle,
    twn4: Math.round(serialReadyAt - pluggedAt),
    wedge: Math.round(wedgeReadyAt - pluggedAt),
    pcprox: Math.round(hidReadyAt - hidPluggedAt),
  });

  const cards = cardsOf(cycle);
  const listener = cycle === 0 ? await startListening() : undefined;
  twn4.reader.hold(virtualCard(cards.twn4));
  // With a parity bit at each end, as the antenna sees it.
  await pcprox.hold({ number: BigInt(`0x${cards.pcprox}`) << 1n, bits: 26 });
  await gadget.type(`${cards.wedge}\n`);
  const opened = await Promise.all(names.map((name) => bridge.session(name)));
  const typed = !pcprox.device.typesNothing();
  tell({ kind: "sessions", cycle, cards: names.map((name) => cards[name]), opened });
  if (listener !== undefined) {
    await tryGrab(listener);
    connect(["twn4", "wedge"]);
    await until(() => !pcprox.device.typesNothing());
    tell({ kind: "pcprox", typed });
    connect(names);
    await bridge.readerIs("pcprox", "ready");
  }
  await Promise.all(names.map((name) => bridge.logOut(name)));

  gadget.unplug();
  await twn4.close();
  await pcprox.unplug();
  await Promise.all(names.map((name) => bridge.readerIs(name, "absent")));
  // By then all that is used is loaded.
  if (cycle === 1 || cycle === cycles) tell({ kind: "handles", cycle, open: await openFiles() });
}
tell({ kind: "taps", all: bridge.taps });
await bridge.close();
gadget.remove();

/** Another program that opened the same keyboard, and the keys that it heard there. */
interface Listener {
  readonly heard: readonly string[];
  readonly child: ChildProcess;
  /** Where the keyboard is. */
  readonly address: string;
}

async function startListening(): Promise<Listener> {
  const [keyboard] = await listInputDevices();
  const address = keyboard?.address ?? "";
  const child = spawn("cat", [address], { stdio: ["ignore", "pipe", "inherit"] });
  const heard: string[] = [];
  let rest: Uint8Array = new Uint8Array();
  child.stdout?.on("data", (bytes: Buffer) => {
    const read = readInputEvents(Buffer.concat([rest, bytes]));
    rest = read.rest;
    heard.push(...read.strokes.flatMap(({ key, down }) => (down ? [key] : [])));
  });
  await until(() => openFilesOf(child.pid).includes(address));
  return { heard, child, address };
}

/**
 * While the bridge has the keyboard nothing else hears it; once it lets go, everything does again. What
 * was heard before would come first.
 */
async function tryGrab({ heard, child, address }: Listener): Promise<void> {
  connect(["twn4", "pcprox"]);
  await until(() => !openFilesOf("self").includes(address));
  await gadget.type("1234\n");
  await until(() => heard.at(-1) === "Enter");
  tell({ kind: "grab", heard });
  child.kill();
  connect(names);
  await bridge.readerIs("wedge", "ready");
}

/** Looks until it is so; whoever runs this knows when that is too long. */
async function until(good: () => boolean): Promise<void> {
  while (!good()) await pause(10);
}

/** Files, sockets and devices that this process has open, once those of the readers are closed. */
async function openFiles(): Promise<string[]> {
  await until(
    () => !openFilesOf("self").some((path) => /^\/dev\/(ttyACM|hidraw|input)/.test(path)),
  );
  return openFilesOf("self");
}

function openFilesOf(process: number | "self" | undefined): string[] {
  return readdirSync(`/proc/${process}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${process}/fd/${fd}`)];
    } catch {
      // The one by which the folder was read.
      return [];
    }
  });
}
