import { describe, expect, it } from "vitest";
import { lastCard, rfIdeasAscii } from "../../simulator/readers/rfideas-ascii.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import { noAscii, pushAscii, readAnswer } from "./ascii-codec.ts";

/** What a reader says to these lines, in one piece. */
function say(...lines: readonly string[]): string {
  let said = "";
  const reader = rfIdeasAscii({
    send: (text) => {
      said += text;
    },
  });
  for (const line of lines) {
    said = "";
    reader.hear(Buffer.from(line));
  }
  return said;
}

const quiet = ["rfid:cmd.echo=0\n", "rfid:cmd.prompt=0\n"];
const answersIn = (said: string) => pushAscii(noAscii, Buffer.from(said)).answers;

describe("the last card", () => {
  const vectors: [string, string, number, number, number][] = [
    ["{0x1000,2,0x0000,80;0x000000801DD1910B2F04}", "000000801DD1910B2F04", 80, 0x1000, 2],
    ["{0x0000,0,0x0000,26;0x02EC0C86}", "02EC0C86", 26, 0, 0],
    ["{0xFFFF,0,0x0000,32;0x66CF4DC2}", "66CF4DC2", 32, 0xffff, 0],
  ];

  it.each(vectors)("is %s, in both directions", (said, number, bits, ticks, overrun) => {
    const ageMs = ticks * 48;
    expect(readAnswer(said)).toMatchObject({ kind: "card", card: { number, bits, ageMs } });
    expect(lastCard({ card: virtualCard(number, bits), at: 0 }, ageMs, overrun)).toBe(said);
  });

  it("is no older than it can say, 52 minutes", () => {
    const old = lastCard({ card: virtualCard("66CF4DC2"), at: 0 }, 24 * 3_600_000);
    expect(old).toBe("{0xFFFF,0,0x0000,32;0x66CF4DC2}");
  });

  it.each(["{0x0000,0,0x00,0;0x00}", "{0x0000,0,0x0000,0;0x00}"])("is none: %s", (said) => {
    expect(readAnswer(said)).toEqual({ kind: "no-card" });
    expect(readAnswer(lastCard(undefined))).toEqual({ kind: "no-card" });
  });
});

describe("what a reader says", () => {
  it.each([
    ["rfid:out.led?\r", { kind: "value", text: "255" }],
    ["rfid:out.led=3\nrfid:out.led?\n", { kind: "value", text: "3" }],
    ["rfid:qid.id\n", { kind: "no-card" }],
    ["rfid:qid\r\n", { kind: "no-card" }],
    ["rfid:no.such\n", { kind: "error", code: 1 }],
    [`rfid:${"x".repeat(100)}`, { kind: "error", code: 2 }],
    ["rfid:out.led=9\n", { kind: "error", code: 4 }],
  ] as const)("to %j is %o", (asked, means) => {
    expect(answersIn(say(...quiet, asked)).at(-1)).toEqual(means);
  });

  it.each([1, 2, 3, 4])("has the error %i", (code) => {
    expect(readAnswer(`Error#${code}`)).toEqual({ kind: "error", code });
  });

  it("has echo and prompt until it is told to be quiet", () => {
    expect(say("rfid:qid.id\n")).toBe("rfid:qid.id\r\n{0x0000,0,0x0000,0;0x00}\r\n\r\nRF IDeas>");
    expect(say(...quiet, "rfid:qid.id.hold\n")).toBe("\r\n{0x0000,0,0x0000,0;0x00}\r\n");
  });
});
