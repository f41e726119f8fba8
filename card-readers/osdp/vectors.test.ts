import { describe, expect, it } from "vitest";
import { encodeFrame, type Frame, noBytes, pushBytes } from "./frame-codec.ts";
import {
  command,
  decodeBeeps,
  decodeIdentity,
  decodeLight,
  decodeRaw,
  encodeBeeps,
  encodeIdentity,
  encodeLight,
  encodeRaw,
  reply,
} from "./message-codec.ts";
import {
  clientCryptogram,
  decryptData,
  encryptData,
  firstReplyMac,
  isGuessableKey,
  macOf,
  publicDefaultKey,
  serverCryptogram,
  sessionKeys,
} from "./secure-codec.ts";

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hex = (data: Uint8Array) => Buffer.from(data).toString("hex").toUpperCase();
const nothing = new Uint8Array(0);

const polled = { address: 101, reply: false, sequence: 0, code: command.poll, data: nothing };
const frames: readonly (readonly [name: string, wire: string, frame: Frame])[] = [
  ["a poll", "FF 53 65 08 00 04 60 60 90", polled],
  [
    "a question for the identity",
    "FF 53 65 09 00 04 61 00 D9 7A",
    { ...polled, code: command.identify, data: bytes("00") },
  ],
  [
    "an acknowledgement with a checksum",
    "FF 53 E5 07 00 01 40 80",
    { address: 101, reply: true, sequence: 1, code: reply.acknowledged, data: nothing },
  ],
  [
    "a refusal",
    "FF 53 E5 09 00 05 41 01 0E 8F",
    { address: 101, reply: true, sequence: 1, code: reply.refused, data: bytes("01") },
  ],
  [
    "a beep",
    "53 00 0D 00 05 6A 00 02 01 01 01 D8 46",
    {
      address: 0,
      reply: false,
      sequence: 1,
      code: command.buzzer,
      data: encodeBeeps({ reader: 0, onMs: 100, offMs: 100, times: 1 }),
    },
  ],
  [
    "who it is",
    "53 80 14 00 06 45 00 0E E3 10 10 00 00 74 97 23 06 06 1B 88",
    {
      address: 0,
      reply: true,
      sequence: 2,
      code: reply.identity,
      data: bytes("00 0E E3 10 10 00 00 74 97 23 06 06"),
    },
  ],
  [
    "a card of 26 bits",
    "53 80 10 00 05 50 00 01 1A 00 DE AD BE 80 BF 3B",
    {
      address: 0,
      reply: true,
      sequence: 1,
      code: reply.raw,
      data: encodeRaw({ reader: 0, format: 1, bits: 26, bytes: bytes("DEADBE80") }),
    },
  ],
];

describe("frames that other makers' software sends", () => {
  it.each(frames)("are read: %s", (_name, wire, frame) => {
    const { received, state, lost } = pushBytes(noBytes, bytes(wire));
    expect(received.map((one) => one.frame)).toEqual([frame]);
    expect(lost).toBe(0);
    expect(state.pending).toHaveLength(0);
  });

  it.each(frames)("are written: %s", (_name, wire, frame) => {
    const [{ habit } = { habit: { mark: true, crc: true } }] = pushBytes(
      noBytes,
      bytes(wire),
    ).received;
    expect(hex(encodeFrame(frame, habit))).toBe(wire.replaceAll(" ", ""));
    expect(habit.mark).toBe(wire.startsWith("FF"));
  });
});

describe("what frames say", () => {
  it("is a card's bits, left-aligned", () => {
    expect(decodeRaw(bytes("00 01 1A 00 DE AD BE 80"))).toEqual({
      reader: 0,
      format: 1,
      bits: 26,
      bytes: bytes("DEADBE80"),
    });
  });

  it.each([
    ["no bits", "00 01 00 00"],
    ["a byte too few", "00 01 1A 00 DE AD BE"],
    ["a byte too many", "00 01 1A 00 DE AD BE 80 00"],
    ["a count of bits that is cut", "00 01 1A"],
  ])("is no card with %s", (_name, data) => {
    expect(decodeRaw(bytes(data))).toBeUndefined();
  });

  it("has nothing beyond a card's last bit", () => {
    expect(decodeRaw(bytes("00 01 1A 00 DE AD BE BF"))?.bytes).toEqual(bytes("DEADBE80"));
  });

  it("is who made the reader, and its number", () => {
    const data = bytes("00 0E E3 10 10 00 00 74 97 23 06 06");
    const identity = decodeIdentity(data);
    expect(identity).toMatchObject({ vendor: "000EE3", serial: 0x97740000, firmware: "35.6.6" });
    expect(identity && encodeIdentity(identity)).toEqual(data);
  });

  it("is light and sound, in both directions", () => {
    const light = { reader: 0, led: 0, on: "green", off: "off", onMs: 200, offMs: 100 } as const;
    const data = encodeLight({ ...light, forMs: 2_000 });
    expect(hex(data)).toBe("0000020201020014000000000000");
    expect(decodeLight(data)).toEqual({ ...light, forMs: 2_000 });
    const beeps = { reader: 0, onMs: 100, offMs: 200, times: 3 };
    expect(decodeBeeps(encodeBeeps(beeps))).toEqual(beeps);
  });
});

describe("the keys of a secure channel", () => {
  // The example of the standard, with its public key.
  const control = bytes("B0B1B2B3B4B5B6B7");
  const peripheral = bytes("A0A1A2A3A4A5A6A7");
  const keys = sessionKeys(publicDefaultKey, control);

  it("are those of the standard's example", () => {
    expect(hex(keys.encryption)).toBe("BF8DC2A8329ACB8C67C6D0CD9A451682");
    expect(hex(keys.mac1)).toBe("5E86C676603BDEE2D8BEAFE178637332");
    expect(hex(keys.mac2)).toBe("6FDA86E857777E81132035758239172E");
  });

  it("prove themselves like the standard's example", () => {
    const randoms = { control, peripheral };
    expect(hex(clientCryptogram(keys, randoms))).toBe("FDE5D2F428EC16312471EA3C02BD7796");
    expect(hex(serverCryptogram(keys, randoms))).toBe("26D3356E07762D262801FC8E6665A891");
    expect(firstReplyMac(keys, serverCryptogram(keys, randoms))).toHaveLength(16);
  });

  it("are not made of a key that lists of keys have", () => {
    expect(isGuessableKey(publicDefaultKey)).toBe(true);
    expect(isGuessableKey(new Uint8Array(16).fill(7))).toBe(true);
    expect(isGuessableKey(bytes("F0EFEEEDECEBEAE9E8E7E6E5E4E3E2E1"))).toBe(true);
    expect(isGuessableKey(bytes("F0EFEEEDECEBEAE9E8E7E6E5E4E3E2E0"))).toBe(false);
  });
});

describe("messages within a secure channel", () => {
  // Numbers that another implementation computed with another library.
  const control = bytes("0102030405060708");
  const peripheral = bytes("1112131415161718");
  const keys = sessionKeys(publicDefaultKey, control);
  const replyMac = firstReplyMac(keys, serverCryptogram(keys, { control, peripheral }));
  const channel = { keys, replyMac, commandMac: new Uint8Array(16) };

  it("begin from a MAC that both know", () => {
    expect(hex(keys.encryption)).toBe("9088006279D41B618ACAF4760E9DEEC6");
    expect(hex(replyMac)).toBe("8695457F1FBA99C0FF42066CD7133027");
  });

  it.each([
    ["a byte", "60", "3554C672E4A8EB2F77247A8057A31CA2"],
    [
      "just a block, with nothing added",
      "000102030405060708090A0B0C0D0E0F",
      "DC3996EE638B029D7CC65098F822A4E2",
    ],
    [
      "more than a block",
      "000102030405060708090A0B0C0D0E0F10111213",
      "79A3A849DA0E8BCB4FBEEF1B8513E214",
    ],
  ])("are proved: %s", (_name, over, mac) => {
    expect(hex(macOf(channel, "command", bytes(over)))).toBe(mac);
  });

  it.each([
    ["60", "952FE370BE0241153DA910927B692D75"],
    [
      "000102030405060708090A0B0C0D0E0F",
      "453126D8F00369605DB3A006FAB4969C8212D3EDEFA18CA13EFEBF3D8618510E",
    ],
  ])("are encrypted, and read again: %s", (plain, sealed) => {
    expect(hex(encryptData(channel, "command", bytes(plain)))).toBe(sealed);
    const opened = decryptData(channel, "command", bytes(sealed));
    expect(opened && hex(opened)).toBe(plain);
  });
});
