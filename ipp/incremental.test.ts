import { describe, expect, test } from "vitest";
import { createDecoder } from "./decode.ts";
import type { IppMessage } from "./message.ts";
import {
  attributeBytes,
  hex,
  messageBytes,
  printJob,
  printJobBytes,
} from "./messages-for-tests.ts";

describe("a message that comes in pieces", () => {
  test("is the same however it was cut, and hands on the document after it", () => {
    const body = Buffer.concat([printJobBytes, Buffer.from("%PDF-1.7 and more")]);
    for (let size = 1; size <= body.length; size += 1) {
      const decoder = createDecoder();
      const document: Uint8Array[] = [];
      let message: IppMessage | undefined;
      for (let at = 0; at < body.length; at += size) {
        const chunk = body.subarray(at, at + size);
        if (message !== undefined) {
          document.push(chunk);
          continue;
        }
        const progress = decoder.push(chunk);
        if (progress.kind !== "complete") continue;
        message = progress.message;
        document.push(progress.rest);
      }
      expect(message).toEqual(printJob);
      expect(Buffer.concat(document).toString()).toBe("%PDF-1.7 and more");
    }
  });

  test("may use one piece of memory for every chunk", () => {
    const decoder = createDecoder();
    const chunk = Buffer.alloc(1);
    let progress = decoder.push(chunk.subarray(0, 0));
    for (const byte of printJobBytes) {
      chunk[0] = byte;
      progress = decoder.push(chunk);
    }
    expect(progress).toMatchObject({ kind: "complete", message: printJob });
  });

  test("costs as much for each byte when it dribbles in, long values or not", () => {
    const long = attributeBytes(0x30, "a", Buffer.alloc(32_767));
    const whole = messageBytes(hex("01"), ...Array.from({ length: 30 }, () => long));
    const decoder = createDecoder();
    const started = performance.now();
    let progress = decoder.push(whole.subarray(0, 0));
    for (let at = 0; at < whole.length; at += 1)
      progress = decoder.push(whole.subarray(at, at + 1));
    expect(progress.kind).toBe("complete");
    // Quadratic work would be half a terabyte of copies: minutes, not parts of a second.
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test("cannot be continued once it is whole", () => {
    const decoder = createDecoder();
    decoder.push(printJobBytes);
    expect(() => decoder.push(printJobBytes)).toThrow("already");
  });
});
