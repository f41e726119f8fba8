import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Link } from "../../link/client.ts";
import { IdentifyReply, JournalReply, ReserveReply } from "../../protocol/bridge-server.ts";
import { alice, uuid } from "../books.fixture.ts";
import { checked, startTestServer, type TestServer } from "../server.fixture.ts";
import { type Script, scriptFor } from "./script.fixture.ts";

let site: TestServer;
let call: Script["call"];
let bridge: Link;
let now = Date.parse("2026-11-22T10:00:00");
beforeAll(async () => {
  site = await startTestServer({ now: () => now });
  ({ call } = scriptFor(site));
  ({ link: bridge } = await site.enrol("bridge", "lobby-bridge"));
});
afterAll(() => site.close());

const minutes = (n: number): void => {
  now += n * 60_000;
};

/** Who is at the terminal, and what they can pay from. */
async function tap() {
  const asked = { terminal: "lobby", cardNumber: alice.card };
  const reply = checked(
    IdentifyReply,
    await bridge.post("/api/bridge/identify", asked, IdentifyReply),
  );
  return reply.kind === "known" ? reply.person : undefined;
}

let releases = 0;
async function reserve(account: string, amount: number) {
  releases += 1;
  const person = await tap();
  const request = {
    releaseId: uuid("d", releases),
    personId: person?.personId ?? "",
    legs: [{ account, unit: "money" as const, amount }],
    priceVersion: 1,
    device: "mfp",
    jobId: uuid("f", 1),
  };
  return { request, reply: await bridge.post("/api/bridge/reserve", request, ReserveReply) };
}

let seq = 0;
async function settle(request: Awaited<ReturnType<typeof reserve>>["request"]) {
  seq += 1;
  const { releaseId, personId, legs, device, jobId } = request;
  const came = { impressions: 3, wanted: 3, evidence: "job-counters" as const };
  const fact = { kind: "settle" as const, releaseId, personId, legs, device, jobId, ...came };
  const batch = { epoch: 1, entries: [{ seq, fact }] };
  await bridge.post("/api/bridge/journal", batch, JournalReply);
}

describe("groups", () => {
  it("have members, and give all of them money", async () => {
    expect(await call("addNewGroup", "Staff")).toBe(true);
    await expect(call("addNewGroup", "staff ")).rejects.toThrow(/a group "Staff" already/);
    for (const login of ["alice", "bob"]) await call("addUserToGroup", login, "staff");
    await call("addUserToGroup", "alice", "Staff");
    expect(await call("isGroupExists", "STAFF")).toBe(true);
    expect(await call("getGroupMembers", "Staff", 0, 1000)).toEqual(["alice", "bob"]);
    expect(await call("getUserGroups", "alice")).toEqual(["Staff"]);
    expect(await call("adjustUserAccountBalanceByGroup", "Staff", 1.5, "bonus")).toBe(true);
    expect(await call("getUserAccountBalance", "alice")).toBe("11.50");
    expect(await call("getUserAccountBalance", "bob")).toBe("1.60");
    await call("adjustUserAccountBalanceByGroupUpTo", "Staff", 5, 4, "top up");
    expect(await call("getUserAccountBalance", "alice")).toBe("11.50");
    expect(await call("getUserAccountBalance", "bob")).toBe("4.00");
    await call("setUserAccountBalanceByGroup", "Staff", 10, "a new term");
    expect(await call("getUserAccountBalance", "bob")).toBe("10.00");
    await call("removeUserFromGroup", "bob", "Staff");
    expect(await call("getGroupMembers", "Staff", 0, 1000)).toEqual(["alice"]);
    await expect(call("getGroupMembers", "Nobody", 0, 9)).rejects.toThrow(/no group "Nobody"/);
  });

  it("keep a quota, and are gone when they are removed", async () => {
    await call("setGroupQuota", "Staff", 2.5, "weekly", 20);
    const member = (name: string, value: unknown) => ({ name, value });
    expect(await call("getGroupQuota", "Staff")).toEqual({
      member: [
        member("QuotaAmount", { double: "2.50" }),
        member("QuotaPeriod", "WEEKLY"),
        member("QuotaMaxAccumulation", { double: "20.00" }),
      ],
    });
    await expect(call("setGroupQuota", "Staff", 1, "HOURLY", 0)).rejects.toThrow(/none of NONE/);
    await call("addNewGroup", "Guests");
    expect(await call("listUserGroups", 0, 10)).toEqual(["Guests", "Staff"]);
    await call("removeGroup", "Guests");
    expect(await call("listUserGroups", 0, 10)).toEqual(["Staff"]);
  });
});

describe("shared accounts", () => {
  it("are named, found, renamed and deleted, one below another", async () => {
    await expect(call("addNewSharedAccount", "Science\\Physics")).rejects.toThrow(
      /no shared account "Science" to be above it/,
    );
    for (const name of ["Science", "Science\\Physics", "Arts"])
      await call("addNewSharedAccount", name);
    await expect(call("addNewSharedAccount", "science\\PHYSICS")).rejects.toThrow(/already/);
    await expect(call("addNewSharedAccount", "a\\b\\c")).rejects.toThrow(/two levels/);
    expect(await call("listSharedAccounts", 0, 10)).toEqual([
      "Arts",
      "Science",
      "Science\\Physics",
    ]);
    await call("renameSharedAccount", "Science", "Sciences");
    expect(await call("isSharedAccountExists", "Sciences\\physics")).toBe(true);
    await expect(call("deleteExistingSharedAccount", "Sciences")).rejects.toThrow(/below it/);
    await call("deleteExistingSharedAccount", "Arts");
    expect(await call("isSharedAccountExists", "Arts")).toBe(false);
  });

  it("have a balance and properties", async () => {
    const physics = "Sciences\\Physics";
    await call("setSharedAccountAccountBalance", physics, 1, "budget");
    await call("adjustSharedAccountAccountBalance", physics, 0.25, "more");
    expect(await call("getSharedAccountAccountBalance", physics)).toBe("1.25");
    const pairs = [
      ["notes", "room 12"],
      ["restricted", "TRUE"],
      ["overdraft-amount", "0.5"],
    ];
    await call("setSharedAccountProperties", physics, pairs);
    const names = ["notes", "restricted", "overdraft-amount", "disabled", "balance"];
    expect(await call("getSharedAccountProperties", physics, names)).toEqual([
      "room 12",
      "true",
      "0.50",
      "false",
      "1.25",
    ]);
    await expect(call("getSharedAccountProperty", physics, "colour")).rejects.toThrow(/not known/);
    expect(await call("getSharedAccountOverdraftMode", physics)).toBe("default");
  });

  it("pay for whoever has access, alone or by a group, and for nobody else", async () => {
    const physics = "Sciences\\Physics";
    expect((await tap())?.sharedAccounts ?? []).toEqual([]);
    await call("addSharedAccountAccessGroup", physics, "Staff");
    expect(await call("listUserSharedAccounts", "alice", 0, 10)).toEqual([physics]);
    const [shared] = (await tap())?.sharedAccounts ?? [];
    expect(shared).toMatchObject({ name: physics, available: 12_500, restricted: true });
    const account = shared?.account ?? "";
    const { request, reply } = await reserve(account, 12_000);
    expect(reply).toEqual({ kind: "reserved" });
    expect((await reserve(account, 1_000)).reply).toMatchObject({ reason: "not-enough-credit" });
    await call("setSharedAccountOverdraftMode", physics, "individual");
    expect((await reserve(account, 1_000)).reply).toEqual({ kind: "reserved" });
    // Taken away on the way: what is reserved is paid all the same.
    await call("removeSharedAccountAccessGroup", physics, "Staff");
    expect((await reserve(account, 1)).reply).toMatchObject({ reason: "account-closed" });
    await settle(request);
    expect(await call("getSharedAccountAccountBalance", physics)).toBe("0.05");
    expect(await call("getUserAccountBalance", "alice")).toBe("10.00");
    expect(await call("getUserProperty", "alice", "print-stats.page-count")).toBe("3");
    expect((await site.admin("GET", "/api/admin/books")).body).toMatchObject({ sum: 0 });
  });

  it("pay nothing while they are disabled", async () => {
    await call("addNewSharedAccount", "Trips");
    await call("addSharedAccountAccessUser", "Trips", "alice");
    await call("setSharedAccountProperty", "Trips", "restricted", "false");
    const account = (await tap())?.sharedAccounts?.[0]?.account ?? "";
    await call("disableSharedAccount", "Trips", 30);
    expect((await tap())?.sharedAccounts ?? []).toEqual([]);
    expect((await reserve(account, 100)).reply).toMatchObject({ reason: "account-closed" });
    minutes(31);
    expect((await reserve(account, 100)).reply).toEqual({ kind: "reserved" });
    await call("deleteExistingSharedAccount", "Trips");
    expect((await reserve(account, 100)).reply).toMatchObject({ reason: "account-closed" });
  });
});

describe("a person's own account", () => {
  it("goes below nothing as far as its mode allows", async () => {
    await call("setUserProperty", "alice", "restricted", "true");
    await call("setUserAccountBalance", "alice", 0, "");
    const account = (await tap())?.accounts[0]?.account ?? "";
    expect((await reserve(account, 100)).reply).toMatchObject({ reason: "not-enough-credit" });
    await call("setConfigValue", "guichet.default-overdraft.users", "0.02");
    expect((await reserve(account, 200)).reply).toEqual({ kind: "reserved" });
    await call("setUserProperty", "alice", "overdraft-amount", "0.05");
    expect((await reserve(account, 300)).reply).toMatchObject({ reason: "not-enough-credit" });
    await call("setUserOverdraftMode", "alice", "individual");
    expect(await call("getUserOverdraftMode", "alice")).toBe("individual");
    expect((await reserve(account, 300)).reply).toEqual({ kind: "reserved" });
    await expect(call("setUserOverdraftMode", "alice", "endless")).rejects.toThrow(/neither/);
  });

  it("pays nothing while the person is disabled, for so many minutes", async () => {
    const account = (await tap())?.accounts[0]?.account ?? "";
    const asked = await reserve(account, 0);
    await call("disablePrintingForUser", "alice", 10);
    expect(await tap()).toBeUndefined();
    const again = { ...asked.request, releaseId: uuid("d", 999) };
    expect(await bridge.post("/api/bridge/reserve", again, ReserveReply)).toMatchObject({
      reason: "disabled",
    });
    minutes(11);
    expect(await tap()).toBeDefined();
  });
});
