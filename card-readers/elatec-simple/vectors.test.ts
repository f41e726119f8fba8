import { describe, expect, it } from "vitest";
import { foundTag, text, u32, yes } from "../../simulator/readers/elatec-answers.ts";
import { elatecSimple } from "../../simulator/readers/elatec-simple.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import { hexOfBits } from "../card-bits.ts";
import {
  answerErrors,
  readAnswer,
  readDeviceUid,
  readFoundTag,
  readText,
  readU32,
} from "./answers.ts";
import { crc16 } from "./crc16.ts";
import { encodeFrame, type Framing, noFrame, pushFrameBytes } from "./frame-codec.ts";

/** Examples of Elatec's document and of its header, and checks reckoned with its algorithm. */
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex").toUpperCase();
const bytes = (text: string) => Buffer.from(text, "hex");

const framed: [Framing, string, string][] = [
  [{ digits: true, crc: false }, "303030350D", "303030310D"],
  [{ digits: true, crc: true }, "30303035313541370D", "30303031333145310D"],
  [{ digits: false, crc: false }, "02000005", "02000001"],
  [{ digits: false, crc: true }, "0400000515A7", "0400000131E1"],
];

describe("frames", () => {
  it.each(framed)("are written and read in each of the four ways: %o", (framing, asked, said) => {
    expect(hex(encodeFrame(bytes("0005"), framing))).toBe(asked);
    expect(hex(encodeFrame(bytes("0001"), framing))).toBe(said);
    const { messages } = pushFrameBytes(noFrame, bytes(said), framing);
    expect(messages.map(hex)).toEqual(["0001"]);
    const heard: string[] = [];
    elatecSimple({ framing, send: (answer) => heard.push(hex(answer)) }).hear(bytes(asked));
    expect(heard).toEqual([said]);
  });

  it.each([
    ["0005", "15A7"],
    ["0001", "31E1"],
    ["050010", "0F10"],
    ["0004FF", "2B51"],
    ["000180200466CF4DC2", "E960"],
    ["0000", "B8F0"],
    ["0407646009F401F401", "2FA5"],
  ])("have the check %s → %s, lowest byte first", (message, check) => {
    const crc = crc16(bytes(message));
    expect(hex(Uint8Array.of(crc & 0xff, crc >> 8))).toBe(check);
  });

  it("of digits may be lower-case, and may have a line feed", () => {
    const { messages } = pushFrameBytes(noFrame, Buffer.from("\n000180200466cf4dc2\r\n0000\r"), {
      digits: true,
      crc: false,
    });
    expect(messages.map(hex)).toEqual(["000180200466CF4DC2", "0000"]);
  });
});

describe("answers", () => {
  const payload = (message: string) => {
    const answer = readAnswer(bytes(message));
    if (answer?.kind !== "done") throw new Error("this answer is a refusal");
    return answer.payload;
  };

  it("with a card are its kind, its bits and its number", () => {
    const told = "000180200466CF4DC2";
    const tag = readFoundTag(payload(told));
    expect(tag).toMatchObject({ type: 0x80, bits: 32 });
    expect(tag !== undefined && tag !== "none" && hexOfBits(tag.id, tag.bits)).toBe("66CF4DC2");
    expect(hex(yes(foundTag({ type: 0x80, ...virtualCard("66CF4DC2") })))).toBe(told);
  });

  it("without a card are one byte, whatever follows it", () => {
    expect(readFoundTag(payload("0000"))).toBe("none");
    expect(readFoundTag(payload("000080200466CF4DC2"))).toBe("none");
    expect(hex(yes(foundTag(undefined)))).toBe("0000");
  });

  it("with a version, a clock or the reader's own number are what they say", () => {
    const version = "TWN4/B1.03/CCF1.57/PRS1.03/PI";
    const told = `001D${hex(Buffer.from(version))}`;
    expect(readText(payload(told))).toBe(version);
    expect(hex(yes(text(version)))).toBe(told);
    expect(readU32(payload("00D3480700"))).toBe(477_395);
    expect(hex(yes(u32(477_395)))).toBe("00D3480700");
    const uid = "2D002F000B47303531353233";
    expect(readDeviceUid(payload(`00${uid}`))).toBe(uid);
    expect(hex(yes(bytes(uid)))).toBe("002D002F000B47303531353233");
  });

  it.each([
    [0x01, "unknown function"],
    [0x02, "missing parameter"],
    [0x03, "unused parameters"],
    [0x04, "invalid function"],
    [0x05, "parser"],
  ])("say which error it was: %i, %s", (code, name) => {
    expect(answerErrors.get(code)).toBe(name);
    expect(readAnswer(Uint8Array.of(code))).toEqual({ kind: "refused", code });
  });

  it.each([
    "0001",
    "00018020",
    "00018020FF66CF4DC2",
    "000180200466CF4D",
    "0001802000",
    "0002",
    "000180FF0466CF4DC2",
  ])("that are cut or contradict themselves are no card: %s", (message) =>
    expect(readFoundTag(payload(message))).toBeUndefined(),
  );
});
