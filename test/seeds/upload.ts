import type { Call } from "../../ipp/client/client.ts";
import type { IppMessage } from "../../ipp/message.ts";
import type { ConnectionVerdict } from "../../simulator/printer/connection-verdict.ts";
import type { AwaitedDocument } from "../../simulator/printer/reply.ts";
import type { DeviceNode } from "./device-node.ts";
import type { Network } from "./network.ts";
import type { Random } from "./random.ts";
import type { Weather } from "./weather.ts";
import { type Life, nature, type World } from "./world.ts";

export interface Uploading {
  readonly world: World;
  readonly network: Network;
  readonly random: Random;
  readonly weather: Weather;
  readonly life: Life;
  readonly device: DeviceNode;
  readonly call: Call;
  readonly awaited: AwaitedDocument;
  readonly verdict: ConnectionVerdict;
  /** Whether the sender still has its connection. */
  readonly isOpen: () => boolean;
  /** The first byte of the document is on its way. */
  readonly onDocument: () => void;
  readonly answer: (message: IppMessage) => void;
  readonly broken: () => void;
  readonly unreadable: (cause: unknown) => void;
}

/**
 * Carries a document to a device, piece after piece, until it is whole or something breaks. What
 * arrived is the device's; a sender that is gone is noticed by it a little later.
 */
export function uploadTo(uploading: Uploading): void {
  const { world, random, life, device, call, awaited, verdict } = uploading;
  const stop = new AbortController();
  const came: Uint8Array[] = [];
  let isOver = false;

  /** The device hears no more of it. */
  function breakOff(): void {
    if (isOver) return;
    isOver = true;
    stop.abort();
    device.connections.delete(breakOff);
    life.atEnd.delete(breakOff);
    device.finish(awaited, { kind: "broken" }, new Uint8Array());
    uploading.broken();
  }

  function whole(): void {
    if (isOver) return;
    isOver = true;
    device.connections.delete(breakOff);
    life.atEnd.delete(breakOff);
    const document = Buffer.concat(came);
    const message = device.finish(awaited, { kind: "whole", bytes: document.length }, document);
    if (verdict.kind === "break-answer") {
      device.connectionBroke();
      uploading.broken();
    } else uploading.answer(message);
  }

  function piece(bytes: Uint8Array): void {
    const before = came.reduce((sum, { length }) => sum + length, 0);
    came.push(bytes);
    const breaks = uploading.network.isCut(life.of, device.id) || chanceOfBreaking();
    const drops = verdict.kind === "break-upload" && before + bytes.length > verdict.afterBytes;
    if (drops) device.connectionBroke();
    if (breaks || drops) breakOff();
  }

  function chanceOfBreaking(): boolean {
    return !uploading.network.isHealed() && random.chance(uploading.weather.connectionBreaks);
  }

  /** A little later, if the sender still lives and its connection stands. */
  function later(ms: number): Promise<void> {
    return new Promise((resolve) => {
      world.after(ms, life, resolve);
    });
  }

  async function run(): Promise<void> {
    const { document } = call;
    if (document === undefined) throw new Error("There is nothing to send.");
    for await (const bytes of document.open(stop.signal)) {
      if (isOver || !uploading.isOpen()) break;
      uploading.onDocument();
      await later(random.wait(5, 3_000));
      if (isOver || !uploading.isOpen()) break;
      piece(bytes);
    }
    if (isOver) return;
    if (uploading.isOpen()) world.after(random.wait(3, 400), nature, whole);
    else breakOff();
  }

  device.connections.add(breakOff);
  life.atEnd.add(() => world.after(random.wait(5, 2_000), nature, breakOff));
  run().catch((error: unknown) => {
    uploading.unreadable(error);
    breakOff();
  });
}
