import { describe, expect, it } from "vitest";
import { ownerFrom, ownerKey } from "./owner-name.ts";

describe("the owner of a job", () => {
  it.each([
    ["alice", "alice"],
    ["SCHOOL\\Alice", "Alice"],
    ["  bob ", "bob"],
    [undefined, "anonymous"],
    ["", "anonymous"],
    ["HOST\\", "anonymous"],
    ["chronos", "chronos"],
  ])("of %j is %j", (given, owner) => {
    expect(ownerFrom(given)).toEqual({ kind: "named", owner });
  });

  it("is never a name that is cut or holds control characters", () => {
    expect(ownerFrom("a".repeat(129)).kind).toBe("unfit");
    expect(ownerFrom("alice\nbob").kind).toBe("unfit");
  });

  it("is the same person in every spelling of one log-in", () => {
    const keys = ["alice", "ALICE", "School\\alice", "alice@school.example"].map(ownerKey);
    expect(new Set(keys)).toEqual(new Set(["alice"]));
    expect(ownerKey("@")).toBe("@");
  });
});
