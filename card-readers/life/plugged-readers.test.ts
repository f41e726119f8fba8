import { EventEmitter, once } from "node:events";
import { afterEach, expect, it } from "vitest";
import type { Candidate } from "../driver.ts";
import type { KeptReader } from "./keep-reader.ts";
import { type PluggedReaders, pluggedReaders } from "./plugged-readers.ts";

let readers: PluggedReaders | undefined;
afterEach(() => readers?.close());

const inSocket = (socket: string, address: string, deviceNumber: number): Candidate => ({
  transport: "serial",
  address,
  usb: { socket, vendorId: 0x09d8, productId: 0x0420, product: "TWN4", deviceNumber },
});

/** Readers of which is noted what they are told, with a machine whose sockets the test fills. */
function machine() {
  const plugged: Candidate[] = [];
  const told: string[] = [];
  const tells = new EventEmitter();
  const opened = pluggedReaders({
    now: () => 0,
    transportOf: () =>
      Promise.resolve({
        list: () => Promise.resolve([...plugged]),
        open: () => Promise.reject(new Error("Nothing is opened here.")),
      }),
  });
  readers = opened;
  function note(id: string, what: string): void {
    told.push(`${id} ${what}`);
    tells.emit("told");
  }
  const kept = (id: string): KeptReader => ({
    id,
    state: () => "absent",
    identity: () => undefined,
    trouble: () => undefined,
    feedback: () => undefined,
    appeared: () => note(id, "appeared"),
    vanished: () => note(id, "vanished"),
    close: () => Promise.resolve(),
  });
  return {
    plugged,
    told,
    /** Wants one more reader: the machine is looked at again. */
    want: (id: string) => opened.add(id, { kind: "serial" }, () => kept(id)),
    async until(what: string): Promise<void> {
      while (!told.includes(what)) await once(tells, "told");
    },
  };
}

it("opens a reader anew that was pulled and put in again before anybody looked", async () => {
  const { plugged, told, want, until } = machine();
  plugged.push(inSocket("1-1", "/dev/ttyACM0", 4));
  want("left");
  await until("left appeared");
  // Another one comes: nothing happened to the first.
  plugged.push(inSocket("1-2", "/dev/ttyACM1", 5));
  want("right");
  await until("right appeared");
  expect(told).toEqual(["left appeared", "right appeared"]);
  // The same port in the same socket, by a plug that is not the same.
  plugged[0] = inSocket("1-1", "/dev/ttyACM0", 6);
  want("third");
  await until("left vanished");
  expect(told).toEqual(["left appeared", "right appeared", "left vanished", "left appeared"]);
});
