import process from "node:process";
import { describe, expect, it } from "vitest";
import { answerTo, smartCard, storageCard } from "../../simulator/readers/pcsc/virtual-card.ts";
import { decideCards } from "./decide-cards.ts";
import {
  answerLength,
  connectBody,
  decodeReaders,
  disconnectBody,
  encodeMessage,
  establishBody,
  type ReaderEntry,
  transmitBody,
  versionBody,
} from "./pcscd-codec.ts";
import { getUid, tagTypeOf, uidOf } from "./uid-codec.ts";

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hex = (data: Uint8Array) => Buffer.from(data).toString("hex").toUpperCase();
const count = process.env.GUICHET_SOAK === "1" ? 1_000_000 : 5_000;

/** A table as pcscd 1.9.9 sends it: one reader, the rest of it free. */
function table(entry: { name: string; events: number; state: number; atr?: string }): Uint8Array {
  const whole = Buffer.alloc(answerLength.wait);
  whole.write(entry.name, 0, "latin1");
  whole.writeUInt32LE(entry.events, 128);
  whole.writeUInt32LE(entry.state, 132);
  const atr = Buffer.from(entry.atr ?? "", "hex");
  atr.copy(whole, 140);
  whole.writeUInt32LE(atr.length, 176);
  return whole;
}

describe("what is said to the smart card service", () => {
  it.each([
    [
      "the version",
      encodeMessage("version", versionBody(4)),
      "0C00000011000000 040000000400000000000000",
    ],
    [
      "a context",
      encodeMessage("establish", establishBody()),
      "0C00000001000000 020000000000000000000000",
    ],
    ["to wait", encodeMessage("wait", new Uint8Array(0)), "0000000013000000"],
    [
      "to leave a card as it is",
      encodeMessage("disconnect", disconnectBody(0x11223344)),
      "0C00000006000000 443322110000000000000000",
    ],
    [
      "five bytes for a card",
      encodeMessage("transmit", transmitBody(7, 2, 5)),
      "2000000009000000 0700000002000000100000000500000000000000100000000201000000000000",
    ],
  ])("is %s", (_name, message, expected) => {
    expect(hex(message)).toBe(expected.replaceAll(" ", ""));
  });

  it("shares the card with other programs", () => {
    const body = connectBody(0x1e31bb22, "Virtual PCD 00 00");
    expect(body).toHaveLength(answerLength.connect);
    expect(hex(body.subarray(0, 8))).toBe("22BB311E56697274");
    expect(hex(body.subarray(132, 140))).toBe("0200000003000000");
    expect(connectBody(1, "x".repeat(500))).toHaveLength(answerLength.connect);
  });
});

describe("the service's table of readers", () => {
  it("tells names, cards and what is known of them", () => {
    const told = table({ name: "Virtual PCD 00 00", events: 3, state: 0x34, atr: "3B8180018080" });
    expect(decodeReaders(told)).toEqual([
      {
        name: "Virtual PCD 00 00",
        present: true,
        events: 3,
        atr: bytes("3B8180018080"),
      },
    ]);
    expect(decodeReaders(table({ name: "ACS ACR122U", events: 0, state: 2 }))).toMatchObject([
      { present: false },
    ]);
  });

  it("is read whatever it holds, and nothing is longer than it may be", {
    timeout: 300_000,
  }, () => {
    let seed = 0x9c5c;
    const roll = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed >>> 8;
    };
    for (let i = 0; i < count; i += 1) {
      const damaged = table({ name: "Reader", events: roll(), state: roll(), atr: "3B81" });
      for (let j = 0; j < 20; j += 1) damaged[roll() % 184] = roll() & 0xff;
      for (const { name, atr } of decodeReaders(damaged.subarray(0, roll() % damaged.length))) {
        if (name.length > 128 || atr.length > 33) throw new Error("It is longer than it may be.");
        if (/[^ -~]/.test(name)) throw new Error("It is no text.");
      }
    }
  });
});

describe("a card's number", () => {
  it("is asked of the reader, and nothing is selected on the card", () => {
    expect(hex(getUid)).toBe("FFCA000000");
  });

  it.each([
    ["66CF4DC2 9000", "66CF4DC2"],
    ["04D7A79A973780 9000", "04D7A79A973780"],
    ["01020304050607080910 9000", "01020304050607080910"],
  ])("is in %s", (answer, uid) => {
    const found = uidOf(bytes(answer));
    expect(found && hex(found)).toBe(uid);
    for (const card of [smartCard(bytes(uid)), storageCard(bytes(uid))])
      expect(hex(answerTo(card, getUid) ?? bytes(""))).toBe(answer.replace(" ", ""));
  });

  it("is not told by a card that has none", () => {
    const answer = answerTo({ ...smartCard(bytes("")), uid: undefined }, getUid);
    expect(answer && hex(answer)).toBe("6A81");
    expect(answer && uidOf(answer)).toBeUndefined();
  });

  it.each(["6300", "6A81", "66CF4DC2 6300", "9000", "66CF4D 9000", "", `${"AB".repeat(17)}9000`])(
    "is not in %j",
    (answer) => {
      expect(uidOf(bytes(answer))).toBeUndefined();
    },
  );

  it("comes with the kind of chip, where the reader made the answer to reset up", () => {
    expect(tagTypeOf(bytes("3B8F8001804F0CA000000306030001000000006A"))).toBe("MIFARE Classic 1K");
    expect(tagTypeOf(bytes("3B8180018080"))).toBeUndefined();
  });
});

describe("a card at a reader", () => {
  const at = (present: boolean, events: number, name = "A"): ReaderEntry => ({
    name,
    present,
    events,
    atr: bytes("3B"),
  });

  it("is put there and taken away", () => {
    expect(decideCards([at(false, 0)], [at(true, 1)])).toMatchObject([
      { kind: "put", reader: "A" },
    ]);
    expect(decideCards([at(true, 1)], [at(true, 1)])).toEqual([]);
    expect(decideCards([at(true, 1)], [at(false, 2)])).toEqual([{ kind: "taken", reader: "A" }]);
  });

  it("is another one when it was swapped faster than anybody looked", () => {
    expect(decideCards([at(true, 1)], [at(true, 3)])).toMatchObject([{ kind: "put" }]);
  });

  it("that lay there when the reader came is nobody's", () => {
    expect(decideCards([], [at(true, 1)])).toEqual([]);
    expect(decideCards([at(false, 0)], [at(false, 0), at(true, 5, "B")])).toEqual([]);
  });
});
