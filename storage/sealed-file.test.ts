import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SealBroken } from "./seal-broken.ts";
import { headerBytes, plainBytesOf, sealedSize, segmentBytes, tagBytes } from "./seal-format.ts";
import { openSealedBlocking } from "./seal-random-access.ts";
import { openSealed } from "./seal-reader.ts";
import { sealTo } from "./seal-writer.ts";
import { newKey } from "./wrapped-key.ts";

let folder: string;
let path: string;
const key = newKey();
const material = randomBytes(3 * segmentBytes + 1_000);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guichet-sealed-"));
  path = join(folder, "1.sealed");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function seal(plain: Buffer, chunkBytes = 65_536): Promise<void> {
  rmSync(path, { force: true });
  const writer = sealTo({ path, key });
  for (let from = 0; from < plain.length; from += chunkBytes)
    await writer.write(plain.subarray(from, from + chunkBytes));
  expect(await writer.finish()).toEqual({ plainBytes: plain.length });
}

async function readAll(start?: number): Promise<Buffer> {
  const file = await openSealed({ path, key });
  try {
    const pieces: Buffer[] = [];
    for await (const piece of file.stream(start === undefined ? {} : { start })) pieces.push(piece);
    return Buffer.concat(pieces);
  } finally {
    await file.close();
  }
}

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("a sealed file", () => {
  it("can be streamed in steady memory: a lent piece is taken back", async () => {
    await seal(material);
    const file = await openSealed({ path, key });
    const hash = createHash("sha256");
    const lent: Buffer[] = [];
    for await (const piece of file.stream({ lend: true })) {
      hash.update(piece);
      lent.push(piece);
    }
    await file.close();
    expect(hash.digest("hex")).toBe(digest(material));
    expect(lent.map((piece) => piece.length)).toEqual([0, 0, 0, 0]);
  });

  const borders = [0, 1, segmentBytes, 2 * segmentBytes, 3 * segmentBytes].flatMap((size) =>
    size === 0 ? [0] : [size - 1, size, size + 1],
  );
  it.each(borders)("gives back all of %i bytes, and a chosen part of them", async (size) => {
    const plain = material.subarray(0, size);
    await seal(plain);
    expect(digest(await readAll())).toBe(digest(plain));
    const start = Math.floor(size / 2);
    expect(digest(await readAll(start))).toBe(digest(plain.subarray(start)));
    expect(readFileSync(path).length).toBe(sealedSize(size));
    expect(plainBytesOf(sealedSize(size))).toBe(size);
  });

  it("gives any range, the same to a reader that waits and to one that blocks", async () => {
    await seal(material, 700_001);
    const file = await openSealed({ path, key });
    const blocking = openSealedBlocking({ path, key, segmentsKept: 2 });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(material.length + 10),
        fc.nat(2 * segmentBytes),
        async (offset, length) => {
          const wanted = material.subarray(offset, offset + length);
          expect(Buffer.compare(await file.read(offset, length), wanted)).toBe(0);
          expect(Buffer.compare(Buffer.from(blocking.read(offset, length)), wanted)).toBe(0);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
    blocking.close();
    await file.close();
  });

  it("takes pieces of any size", async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sizes, async (pieces) => {
        rmSync(path, { force: true });
        const writer = sealTo({ path, key });
        let at = 0;
        for (const size of pieces) {
          await writer.write(material.subarray(at, at + size));
          at += size;
        }
        await writer.finish();
        expect(digest(await readAll())).toBe(digest(material.subarray(0, at)));
      }),
      { numRuns: 15, seed: 11 },
    );
  });

  it("does not exist before it is whole, and leaves nothing when it is given up", async () => {
    const writer = sealTo({ path, key });
    await writer.write(material);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder)).toEqual(["1.sealed.part"]);
    await writer.abort();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("has nothing of the document in it that can be read", async () => {
    await seal(Buffer.alloc(200_000, "a very secret line "));
    expect(readFileSync(path).includes("secret")).toBe(false);
  });
});

describe("a process that is killed while it seals", () => {
  it("leaves whole files only, and every one that it acknowledged", async () => {
    for (const acknowledged of [1, 4, 9]) {
      const round = mkdtempSync(join(folder, "killed-"));
      const program = join(import.meta.dirname, "seal-for-ever.ts");
      const hexKey = key.export().toString("hex");
      const child = spawn(process.execPath, [program, round, hexKey], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const exit = once(child, "exit");
      const done: string[] = [];
      for await (const name of createInterface({ input: child.stdout })) {
        done.push(name);
        if (done.length === acknowledged) child.kill("SIGKILL");
      }
      await exit;
      const names = readdirSync(round).filter((name) => !name.endsWith(".part"));
      expect(names).toEqual(expect.arrayContaining(done));
      for (const name of names) {
        const file = await openSealed({ path: join(round, name), key });
        expect(file.length).toBe(1_500_000);
        expect((await file.read(0, file.length)).every((byte) => byte === 42)).toBe(true);
        await file.close();
      }
    }
  });
});

describe("a sealed file that was tampered with is not handed out", () => {
  async function expectBroken(change: (sealed: Buffer) => Buffer): Promise<void> {
    await seal(material);
    writeFileSync(path, change(readFileSync(path)));
    await expect(readAll()).rejects.toThrow(SealBroken);
    expect(() => {
      const file = openSealedBlocking({ path, key });
      try {
        file.read(0, file.length);
      } finally {
        file.close();
      }
    }).toThrow(SealBroken);
  }
  const place = headerBytes;
  const whole = segmentBytes + tagBytes;

  it("when any bit of it is another", () =>
    fc.assert(
      fc.asyncProperty(fc.nat(sealedSize(material.length) - 1), fc.nat(7), (at, bit) =>
        expectBroken((sealed) => {
          sealed[at] = (sealed[at] ?? 0) ^ (1 << bit);
          return sealed;
        }),
      ),
      {
        numRuns: 12,
        seed: 3,
        examples: [
          [8, 0],
          [20, 1],
          [sealedSize(material.length) - 1, 7],
        ],
      },
    ));

  it("when two segments changed places", () =>
    expectBroken((sealed) => {
      const first = Buffer.from(sealed.subarray(place, place + whole));
      sealed.copyWithin(place, place + whole, place + 2 * whole);
      first.copy(sealed, place + whole);
      return sealed;
    }));

  it("when its tail is cut, at a segment's border too", async () => {
    await expectBroken((sealed) => sealed.subarray(0, sealed.length - 1));
    await expectBroken((sealed) => sealed.subarray(0, place + 2 * whole));
    await expectBroken((sealed) =>
      Buffer.concat([sealed.subarray(0, place + 2 * whole), sealed.subarray(-24)]),
    );
    await expectBroken((sealed) => sealed.subarray(0, 10));
    await expectBroken(() => Buffer.alloc(0));
  });

  it("when a segment of another file, sealed with the same key, was put in", async () => {
    await seal(material);
    const other = readFileSync(path).subarray(place, place + whole);
    await expectBroken((sealed) => {
      other.copy(sealed, place);
      return sealed;
    });
  });

  it("when the key is another, and says so in a sentence", async () => {
    await seal(material);
    await expect(openSealed({ path, key: newKey() })).rejects.toThrow(/1\.sealed is not used/);
  });
});
