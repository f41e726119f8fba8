import { readFileSync } from "node:fs";
import { Type } from "typebox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Link } from "../../link/client.ts";
import { BridgeSite, ReserveReply } from "../../protocol/bridge-server.ts";
import { DeviceStatesReply } from "../../protocol/device-states.ts";
import { alice, smallSite, uuid } from "../books.fixture.ts";
import { startTestServer, type TestServer } from "../server.fixture.ts";
import { type Script, scriptFor } from "./script.fixture.ts";

let site: TestServer;
let call: Script["call"];
let bridge: Link;
let now = Date.parse("2026-11-22T10:00:00");
const configured = structuredClone(smallSite);
beforeAll(async () => {
  site = await startTestServer({
    now: () => now,
    site: configured,
    webServiceAddresses: ["192.0.2.0/24"],
  });
  ({ call } = scriptFor(site));
  ({ link: bridge } = await site.enrol("bridge", "lobby-bridge"));
});
afterAll(() => site.close());

const Anything = Type.Unknown();
const mfp = ["device", "mfp"] as const;
let releases = 0;
async function reserve(login = "alice", priceVersion = 1) {
  const { body } = await site.admin("GET", `/api/admin/people/${login}`);
  const personId = (body as { personId: string }).personId;
  releases += 1;
  const person = await bridge.post("/api/bridge/person", { personId }, Anything);
  const account = (person as { person: { accounts: { account: string }[] } }).person.accounts[0];
  const request = {
    releaseId: uuid("d", releases),
    personId,
    legs: [{ account: account?.account ?? "", unit: "money" as const, amount: 100 }],
    priceVersion,
    device: "mfp",
    jobId: uuid("f", 1),
  };
  return await bridge.post("/api/bridge/reserve", request, ReserveReply);
}

describe("printers", () => {
  it("are the devices, by id or by name, with their properties", async () => {
    expect(await call("listPrinters", 0, 100)).toEqual(["device\\mfp"]);
    expect(await call("getPrinterProperty", "device", "Copier", "printer-id")).toBe("mfp");
    await call("setPrinterProperties", ...mfp, [
      ["custom-field-1", "2nd floor"],
      ["custom-field-6", "rented"],
    ]);
    const names = ["custom-field-1", "custom-field-2", "custom-field-6", "cost-model", "disabled"];
    const values = ["2nd floor", "", "rented", "SIMPLE", "false"];
    expect(await call("getPrinterProperties", ...mfp, names)).toEqual(values);
    await expect(call("getPrinterProperty", ...mfp, "custom-field-7")).rejects.toThrow(/not known/);
    await expect(call("enablePrinter", "printsrv", "mfp")).rejects.toThrow(/device\\mfp/);
    await expect(call("deletePrinter", ...mfp)).rejects.toThrow(/configuration file/);
  });

  it("print nothing while they are disabled, for so many minutes or for good", async () => {
    await call("disablePrinter", ...mfp, 5);
    expect(await call("getPrinterProperty", ...mfp, "disabled")).toBe("true");
    expect(await reserve()).toEqual({ kind: "refused", reason: "device-disabled" });
    now += 6 * 60_000;
    expect(await reserve()).toEqual({ kind: "reserved" });
    await call("disablePrinter", ...mfp, -1);
    now += 10 * 365 * 24 * 3_600_000;
    expect(await reserve()).toMatchObject({ reason: "device-disabled" });
    await call("enablePrinter", ...mfp);
    expect(await reserve()).toEqual({ kind: "reserved" });
  });

  it("may be for some groups only", async () => {
    await call("addNewGroup", "Staff");
    await call("addUserToGroup", "bob", "Staff");
    await call("addPrinterAccessGroup", ...mfp, "Staff");
    expect(await reserve("alice")).toEqual({ kind: "refused", reason: "not-allowed-here" });
    expect(await reserve("bob")).toEqual({ kind: "reserved" });
    await expect(call("removeGroup", "Staff")).rejects.toThrow(/"mfp" is for "Staff" only/);
    await call("removePrinterAccessGroup", ...mfp, "Staff");
    expect(await reserve("alice")).toEqual({ kind: "reserved" });
  });

  it("have a price that a script sets, which bridges hear of and which outlives a restart", async () => {
    await expect(call("getPrinterCostSimple", ...mfp)).rejects.toThrow(/grey and colour/);
    await call("setPrinterCostSimple", ...mfp, 0.07);
    expect(await call("getPrinterCostSimple", ...mfp)).toBe("0.07");
    const told = await bridge.get("/api/bridge/site", BridgeSite);
    expect(told.site.prices).toMatchObject({ version: 2, devices: { mfp: { grey: 700 } } });
    expect(await reserve("alice", 1)).toMatchObject({ reason: "prices-changed" });
    expect(await reserve("alice", 2)).toEqual({ kind: "reserved" });
    await site.restart();
    expect(await call("getPrinterCostSimple", ...mfp)).toBe("0.07");
    // Another price in the configuration is the newer word.
    configured.prices.devices = { mfp: { grey: 300, colour: 300, twoSidedSheetDiscount: 0 } };
    await site.restart();
    expect(await call("getPrinterCostSimple", ...mfp)).toBe("0.03");
    ({ link: bridge } = await site.enrol("bridge", "lobby-bridge"));
    await expect(call("setPrinterCostSimple", ...mfp, -1)).rejects.toThrow(/less than nothing/);
  });
});

describe("configuration values", () => {
  it("of a short list can be read, others are empty", async () => {
    const value = (name: string) => call("getConfigValue", name);
    expect(await value("auth.webservices.allowed-addresses")).toBe("192.0.2.0/24");
    expect(await value("auth.webservices.auth-token")).toBe(scriptFor(site).token);
    expect(await value("guichet.currency")).toBe("EUR");
    expect(await value("system.anything")).toBe("");
    await expect(call("setConfigValue", "system.anything", "1")).rejects.toThrow(/not known/);
    await expect(
      call("setConfigValue", "auth.webservices.allowed-addresses", "0.0.0.0/0"),
    ).rejects.toThrow(/configuration file/);
  });
});

describe("health pages", () => {
  const ask = async (path: string, key?: string) => {
    const headers: Record<string, string> = key === undefined ? {} : { authorization: key };
    const response = await fetch(new URL(path, site.server.url), { headers });
    return { status: response.status, body: await response.json() };
  };
  const status = "/api/health/devices/mfp/status";

  it("are told to who has the key", async () => {
    const key = readFileSync(site.server.healthKeyFile, "utf8").trim();
    expect(await call("getConfigValue", "health.api.key")).toBe(key);
    for (const path of ["/api/health", "/api/health/status", "/api/health/devices", status]) {
      expect((await ask(path)).status, path).toBe(401);
      expect((await ask(path, scriptFor(site).token)).status, path).toBe(401);
    }
    expect((await ask("/api/health/status", key)).body).toEqual({ status: "OK" });
    expect((await ask("/api/health/devices/nowhere/status", key)).status).toBe(404);
    expect((await ask("/api/health/people/mfp/status", key)).status).toBe(404);
  });

  it("tell of a device what its bridge last told, and that it is switched off", async () => {
    const key = readFileSync(site.server.healthKeyFile, "utf8").trim();
    expect(await ask(status, key)).toMatchObject({
      status: 500,
      body: { status: expect.stringContaining("has not told of it") },
    });
    const tell = (state: string, problems: string[]) => {
      const devices = [{ device: "mfp", state, problems }];
      return bridge.post("/api/bridge/device-states", { devices }, DeviceStatesReply);
    };
    await tell("ready", []);
    expect(await ask("/api/health/printers/mfp/status", key)).toEqual({
      status: 200,
      body: { status: "OK" },
    });
    await tell("blocked", ["out-of-paper", "paused"]);
    expect((await ask(status, key)).body).toEqual({ status: "It is out of paper." });
    expect((await ask("/api/health", key)).body).toMatchObject({
      status: "OK",
      devices: { count: 1, inError: 1 },
    });
    await tell("busy", []);
    await call("disablePrinter", ...mfp, -1);
    expect((await ask(status, key)).body).toMatchObject({ status: expect.stringMatching(/off/) });
  });
});

describe("a voucher", () => {
  it("is worth its amount once", async () => {
    const made = await site.admin("POST", "/api/admin/vouchers", {
      count: 2,
      amount: 50_000,
      until: new Date(now + 3_600_000).toISOString(),
    });
    const [code = "", late = ""] = (made.body as { codes: string[] }).codes;
    const before = Number(await call("getUserAccountBalance", "bob"));
    expect(await call("useCard", "nobody", code)).toBe("UNKNOWN_USER");
    expect(await call("useCard", "bob", "1234-5678")).toBe("INVALID_CARD_NUMBER");
    expect(await call("useCard", "bob", code.toLowerCase().replaceAll("-", " "))).toBe("SUCCESS");
    expect(await call("useCard", "alice", code)).toBe("CARD_IS_USED");
    expect(Number(await call("getUserAccountBalance", "bob"))).toBe(before + 5);
    now += 2 * 3_600_000;
    expect(await call("useCard", "bob", late)).toBe("CARD_HAS_EXPIRED");
  });
});

describe("more about a person", () => {
  it("is kept, found and gone with the person", async () => {
    await call("setUserProperty", "alice", "username-alias", "AliceL");
    await call("setUserProperty", "alice", "home", "\\\\files\\alice");
    expect(await call("lookUpUserNameBySecondaryUserName", "alicel")).toBe("alice");
    expect(await call("lookUpUsersByFullName", "ALICE")).toEqual(["alice"]);
    await expect(call("setUserProperty", "bob", "username-alias", "alicel")).rejects.toThrow(
      /another name of alice/,
    );
    await call("renameUserAccount", "alice", "alison");
    expect(await call("lookUpUserNameByCardNo", alice.card)).toBe("alison");
    const names = ["auto-release-jobs", "disabled-net", "account-selection.mode", "home"];
    expect(await call("getUserProperties", "alison", names)).toEqual([
      "false",
      "false",
      "AUTO_CHARGE_TO_PERSONAL_ACCOUNT",
      "\\\\files\\alice",
    ]);
    expect(await call("setUserProperty", "alison", "disabled-net", "FALSE")).toBe(true);
    await expect(call("setUserProperty", "alison", "auto-release-jobs", "true")).rejects.toThrow(
      /set at its queue/,
    );
    await expect(call("getUserProperty", "alison", "password")).rejects.toThrow(/cannot be read/);
    await call("deleteExistingUser", "alison", true);
    expect(await call("lookUpUserNameBySecondaryUserName", "alicel")).toBe("");
    expect((await site.admin("GET", "/api/admin/books")).body).toMatchObject({ sum: 0 });
  });
});
