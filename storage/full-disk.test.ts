import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decideSpace, readFreeSpace } from "./free-space.ts";
import { openDatabase } from "./open-database.ts";
import { StorageError } from "./storage-error.ts";
import { transaction } from "./transaction.ts";

const small = mkdtempSync(join(tmpdir(), "guichet-full-"));
const mounted = mountSmallDisk();

function mountSmallDisk(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "guichet-test", small], {
      stdio: "ignore",
    });
    return true;
  } catch {
    rmSync(small, { recursive: true, force: true });
    console.log("A full disk is not tried here: only root may mount the small one that it needs.");
    return false;
  }
}

if (mounted)
  describe("a disk that is full", () => {
    it("is said in a sentence, keeps what was committed, and is seen coming", () => {
      try {
        const db = openDatabase({
          path: join(small, "role.db"),
          migrations: [
            { id: "1", up: "CREATE TABLE blob (id INTEGER PRIMARY KEY, it BLOB) STRICT" },
          ],
        });
        const insert = db.prepare<[Buffer]>("INSERT INTO blob (it) VALUES (?)");
        const piece = Buffer.alloc(50_000, 7);
        let kept = 0;
        let trouble: unknown;
        while (trouble === undefined && kept < 1_000) {
          try {
            transaction(db, () => insert.run(piece));
            kept += 1;
          } catch (error) {
            trouble = error;
          }
        }
        if (!(trouble instanceof StorageError)) throw trouble;
        expect(trouble.trouble).toBe("full");
        expect(trouble.message).toContain("full");
        expect(db.prepare("SELECT count(*) AS n FROM blob").get()).toEqual({ n: kept });

        const space = readFreeSpace(small);
        expect(space.totalBytes).toBe(2 * 1024 * 1024);
        const decision = decideSpace({ space, wantedBytes: piece.length, reserveBytes: 500_000 });
        expect(decision.kind).toBe("low");
        db.close();
      } finally {
        execFileSync("umount", ["-l", small]);
        rmSync(small, { recursive: true, force: true });
      }
    });
  });

describe("the guard against a full disk", () => {
  it("takes what leaves the reserve free, and refuses one byte more", () => {
    const space = { freeBytes: 1_000, totalBytes: 5_000 };
    expect(decideSpace({ space, wantedBytes: 400, reserveBytes: 600 }).kind).toBe("enough");
    expect(decideSpace({ space, wantedBytes: 401, reserveBytes: 600 }).kind).toBe("low");
  });
});
