import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SealBroken } from "../../storage/seal-broken.ts";
import { newKey } from "../../storage/wrapped-key.ts";
import { openSpool, type Spool, shortBytesMost } from "./spool.ts";

let folder: string;
let spool: Spool;
const wrappingKey = newKey();
const document = { jobId: "7c1f-a", number: 1 };

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "guichet-spool-")), "spool");
  spool = openSpool({ folder, wrappingKey, reserveBytes: 1 });
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) {
    await Promise.resolve();
    yield Buffer.from(text);
  }
}

/** As long as a document has to be to get a file. */
const long = (text: string) => text.padEnd(shortBytesMost + 1, ".");

async function store(source: AsyncIterable<Uint8Array>, id = document): Promise<Buffer> {
  const stored = await spool.store({ document: id, source, maxBytes: 1e6 });
  if (stored.kind !== "stored") throw new Error(stored.kind);
  return stored.wrappedKey;
}

describe("the spool", () => {
  it("gives back the document that it took in, under names that say nothing", async () => {
    const stored = await spool.store({
      document,
      source: pieces("%PDF-1.7 ", long("salaries")),
      maxBytes: shortBytesMost + 10,
    });
    if (stored.kind !== "stored") throw new Error(stored.kind);
    expect(stored.bytes).toBe(shortBytesMost + 10);
    expect(stored.sealed).toBeUndefined();
    const file = await spool.open({ document, wrappedKey: stored.wrappedKey });
    expect((await file.read(9, 8)).toString()).toBe("salaries");
    await file.close();
    expect(readdirSync(folder)).toEqual(["7c1f-a_1.sealed"]);
  });

  it("gives a short document back sealed, to lie with its job, and makes no file of it", async () => {
    for (const text of ["", "%PDF-1.7 salaries", "x".repeat(shortBytesMost)]) {
      const stored = await spool.store({ document, source: pieces(text), maxBytes: 1e6 });
      if (stored.kind !== "stored" || stored.sealed === undefined) throw new Error("not short");
      expect(stored.bytes).toBe(text.length);
      expect(stored.sealed.includes("salaries")).toBe(false);
      const kept = { document, wrappedKey: stored.wrappedKey, sealed: stored.sealed };
      const file = await spool.open(kept);
      expect(file.length).toBe(text.length);
      const whole: Buffer[] = [];
      for await (const piece of file.stream()) whole.push(piece);
      expect(Buffer.concat(whole).toString()).toBe(text);
      expect((await file.read(9, 100)).toString()).toBe(text.slice(9, 109));
      await file.close();
      for (const at of [0, 40, stored.sealed.length - 1]) {
        const changed = Buffer.from(stored.sealed);
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        await expect(spool.open({ ...kept, sealed: changed })).rejects.toThrow(SealBroken);
      }
      await expect(spool.open({ ...kept, sealed: stored.sealed.subarray(1) })).rejects.toThrow(
        SealBroken,
      );
    }
    expect(readdirSync(folder)).toEqual([]);
    await spool.remove(document);
  });

  it("opens a document with its own key only", async () => {
    const other = { jobId: "7c1f-b", number: 1 };
    await store(pieces("mine"));
    const wrappedKey = await store(pieces("yours"), other);
    expect(() => spool.access({ document, wrappedKey })).toThrow(SealBroken);
  });

  it("keeps nothing of a document that is too large, breaks off, or finds no room", async () => {
    for (const maxBytes of [5, shortBytesMost + 5]) {
      const source = pieces("x".repeat(maxBytes), "6");
      expect(await spool.store({ document, source, maxBytes })).toEqual({ kind: "too-large" });
    }
    async function* breaking(): AsyncGenerator<Buffer> {
      yield* pieces(long("half"));
      throw new Error("connection lost");
    }
    await expect(store(breaking())).rejects.toThrow("connection lost");
    const greedy = openSpool({ folder, wrappingKey, reserveBytes: 1e18 });
    const refused = await greedy.store({ document, source: pieces("x"), maxBytes: 5 });
    expect(refused.kind).toBe("no-room");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("removes what no job knows at the start, and what is not its own never", async () => {
    await store(pieces(long("kept")));
    await store(pieces(long("forgotten")), { jobId: "gone", number: 2 });
    writeFileSync(join(folder, "7c1f-a_2.sealed.part"), "a half-written one");
    writeFileSync(join(folder, "README"), "someone's note");
    const removed = await spool.sweep((id) => id.jobId === document.jobId && id.number === 1);
    expect(removed).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(["7c1f-a_1.sealed", "README"]);
    await spool.remove(document);
    await spool.remove(document);
    expect(readdirSync(folder)).toEqual(["README"]);
  });
});
