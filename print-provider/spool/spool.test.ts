import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SealBroken } from "../../storage/seal-broken.ts";
import { newKey } from "../../storage/wrapped-key.ts";
import { openSpool, type Spool } from "./spool.ts";

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

async function store(source: AsyncIterable<Uint8Array>, id = document): Promise<Buffer> {
  const stored = await spool.store({ document: id, source, maxBytes: 1_000 });
  if (stored.kind !== "stored") throw new Error(stored.kind);
  return stored.wrappedKey;
}

describe("the spool", () => {
  it("gives back the document that it took in, under names that say nothing", async () => {
    const stored = await spool.store({
      document,
      source: pieces("%PDF-1.7 ", "salaries"),
      maxBytes: 17,
    });
    if (stored.kind !== "stored") throw new Error(stored.kind);
    expect(stored.bytes).toBe(17);
    expect(stored.head.toString()).toBe("%PDF-1.7 salaries");
    const file = await spool.open({ document, wrappedKey: stored.wrappedKey });
    expect((await file.read(9, 100)).toString()).toBe("salaries");
    await file.close();
    expect(readdirSync(folder)).toEqual(["7c1f-a_1.sealed"]);
  });

  it("opens a document with its own key only", async () => {
    const other = { jobId: "7c1f-b", number: 1 };
    await store(pieces("mine"));
    const wrappedKey = await store(pieces("yours"), other);
    expect(() => spool.access({ document, wrappedKey })).toThrow(SealBroken);
  });

  it("keeps nothing of a document that is too large, breaks off, or finds no room", async () => {
    const tooLarge = await spool.store({ document, source: pieces("12345", "6"), maxBytes: 5 });
    expect(tooLarge).toEqual({ kind: "too-large" });
    async function* breaking(): AsyncGenerator<Buffer> {
      yield* pieces("half");
      throw new Error("connection lost");
    }
    await expect(store(breaking())).rejects.toThrow("connection lost");
    const greedy = openSpool({ folder, wrappingKey, reserveBytes: 1e18 });
    const refused = await greedy.store({ document, source: pieces("x"), maxBytes: 5 });
    expect(refused.kind).toBe("no-room");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("removes what no job knows at the start, and what is not its own never", async () => {
    await store(pieces("kept"));
    await store(pieces("forgotten"), { jobId: "gone", number: 2 });
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
