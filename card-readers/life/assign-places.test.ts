import { expect, it } from "vitest";
import type { Candidate } from "../driver.ts";
import { assignPlaces, type PluggedPlace } from "./assign-places.ts";

const at = (address: string, socket: string, productId = 0x0420): Candidate => ({
  transport: "serial",
  address,
  usb: { socket, vendorId: 0x09d8, productId },
});
const any = (id: string, socket?: string): PluggedPlace => ({
  id,
  transport: "serial",
  ...(socket === undefined ? {} : { socket }),
});
const assign = (places: PluggedPlace[], found: Candidate[]) =>
  Object.fromEntries(
    [...assignPlaces(places, found, (_place, it) => it.usb?.productId === 0x0420)].map(
      ([id, { address }]) => [id, address],
    ),
  );

it("finds a reader in its socket again when its port got another number", () => {
  const places = [any("left", "1-1"), any("right", "1-2")];
  expect(assign(places, [at("/dev/ttyACM0", "1-2"), at("/dev/ttyACM1", "1-1")])).toEqual({
    left: "/dev/ttyACM1",
    right: "/dev/ttyACM0",
  });
  const byPath: PluggedPlace = { ...any("left", "1-1"), path: "/dev/ttyACM0" };
  expect(assign([byPath], [at("/dev/ttyACM0", "1-2"), at("/dev/ttyACM1", "1-1")])).toEqual({
    left: "/dev/ttyACM1",
  });
});

it("takes a second reader of the same kind for another one", () => {
  const found = [at("/dev/ttyACM0", "1-1"), at("/dev/ttyACM1", "1-2")];
  expect(assign([any("left"), any("right")], found)).toEqual({
    left: "/dev/ttyACM0",
    right: "/dev/ttyACM1",
  });
  expect(assign([any("left"), any("right")], found.slice(0, 1))).toEqual({
    left: "/dev/ttyACM0",
  });
});

it("lets a reader that moved to another socket be the one that is missing", () => {
  const places = [any("left", "1-1"), any("right", "1-2")];
  expect(assign(places, [at("/dev/ttyACM0", "1-2"), at("/dev/ttyACM1", "1-3")])).toEqual({
    left: "/dev/ttyACM1",
    right: "/dev/ttyACM0",
  });
});

it("takes nothing that fits no reader, unless its path was named", () => {
  const stranger = at("/dev/ttyUSB0", "1-4", 0x1234);
  expect(assign([any("left")], [stranger])).toEqual({});
  expect(assign([{ ...any("left"), path: "/dev/ttyUSB0" }], [stranger])).toEqual({
    left: "/dev/ttyUSB0",
  });
});
