import { describe, expect, it } from "vitest";
import {
  answerFrame,
  holdCard,
  newPeripheral,
  type PeripheralEffect,
  type PeripheralState,
} from "../../simulator/readers/osdp/peripheral-machine.ts";
import { noBytes, pushBytes } from "./frame-codec.ts";
import { type Colour, command, decodeLight, encodeLight, reply } from "./message-codec.ts";

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const spaced = (data: Uint8Array) =>
  Buffer.from(data)
    .toString("hex")
    .toUpperCase()
    .replaceAll(/..(?=.)/g, "$& ");

/** A simulated reader without Secure Channel that was just polled for the first time. */
const atAddress = (address: number) =>
  newPeripheral({ address, key: undefined, installing: false, simple: true });

/** What it does when these frames come, the last one's effects. */
function hear(reader: PeripheralState, ...wires: readonly string[]): readonly PeripheralEffect[] {
  let state = reader;
  let effects: readonly PeripheralEffect[] = [];
  for (const wire of wires)
    for (const received of pushBytes(noBytes, bytes(wire)).received)
      ({ state, effects } = answerFrame(state, received, new Uint8Array(8)));
  return effects;
}

const said = (effects: readonly PeripheralEffect[]) =>
  effects.flatMap((effect) => (effect.kind === "send" ? [spaced(effect.bytes)] : []));

describe("the simulated reader", () => {
  const poll = "FF 53 65 08 00 04 60 60 90";

  it("acknowledges a poll as another maker's does", () => {
    const second = "FF 53 65 07 00 01 60 E0";
    expect(said(hear(atAddress(101), poll, second))).toEqual(["FF 53 E5 07 00 01 40 80"]);
  });

  it("tells a card of 26 bits as another maker's does", () => {
    const card = { reader: 0, format: 1, bits: 26, bytes: bytes("DEADBE80") };
    const first = "53 00 08 00 04 60 EB AA";
    const second = "53 00 08 00 05 60 DA 99";
    expect(said(hear(holdCard(atAddress(0), card), first))).toEqual([
      expect.stringMatching(/^53 80 10 00 04 50 00 01 1A 00 DE AD BE 80 /),
    ]);
    // The first poll of a connection tells nothing when the card comes after it.
    const [received] = pushBytes(noBytes, bytes(first)).received;
    if (received === undefined) throw new Error("the poll is no frame");
    const polled = answerFrame(atAddress(0), received, new Uint8Array(8)).state;
    expect(said(hear(holdCard(polled, card), second))).toEqual([
      "53 80 10 00 05 50 00 01 1A 00 DE AD BE 80 BF 3B",
    ]);
  });

  it("sounds when it is told to", () => {
    const first = "53 00 08 00 04 60 EB AA";
    expect(hear(atAddress(0), first, "53 00 0D 00 05 6A 00 02 01 01 01 D8 46")).toContainEqual({
      kind: "beeps",
      beeps: { reader: 0, onMs: 100, offMs: 100, times: 1 },
    });
  });

  it("hears nothing that is for another address", () => {
    expect(hear(atAddress(100), poll)).toEqual([]);
  });
});

const colours: [number, Colour][] = [
  [0, "off"],
  [1, "red"],
  [2, "green"],
  [3, "amber"],
  [4, "blue"],
  [5, "magenta"],
  [6, "cyan"],
  [7, "white"],
];

it.each(colours)("colour %i is %s", (code, on) => {
  const light = {
    reader: 0,
    led: 0,
    on,
    off: "off",
    onMs: 500,
    offMs: 100,
    forMs: 30_000,
  } as const;
  const data = encodeLight(light);
  const digits = `0${code}`;
  expect(spaced(data)).toBe(`00 00 02 05 01 ${digits} 00 2C 01 00 00 00 00 00`);
  expect(decodeLight(data)).toEqual(light);
});

it("has the standard's codes", () => {
  expect(command).toEqual({
    poll: 0x60,
    identify: 0x61,
    capabilities: 0x62,
    led: 0x69,
    buzzer: 0x6a,
    keySet: 0x75,
    challenge: 0x76,
    serverCryptogram: 0x77,
  });
  expect(reply).toEqual({
    acknowledged: 0x40,
    refused: 0x41,
    identity: 0x45,
    capabilities: 0x46,
    raw: 0x50,
    communication: 0x54,
    clientCryptogram: 0x76,
    firstMac: 0x78,
    busy: 0x79,
  });
});
