import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { alice, bob } from "../books.fixture.ts";
import { startTestServer, type TestServer } from "../server.fixture.ts";
import { callXml, type Script, type Sent, scriptFor } from "./script.fixture.ts";

let site: TestServer;
let token: string;
let send: Script["send"];
let call: Script["call"];
beforeAll(async () => {
  site = await startTestServer();
  ({ token, send, call } = scriptFor(site));
});
afterAll(() => site.close());

describe("a script", () => {
  it("makes a person, gives a badge, credits, and reads the balance", async () => {
    expect(await call("isUserExists", "dora")).toBe(false);
    expect(await call("addNewUser", "dora")).toBe(true);
    expect(await call("isUserExists", "LIB\\Dora")).toBe(true);
    expect(await call("setUserProperty", "dora", "primary-card-number", "A1B2C3D4")).toBe(true);
    expect(await call("adjustUserAccountBalance", "dora", 12.5, "first money")).toBe(true);
    expect(await call("getUserAccountBalance", "dora")).toBe("12.50");
    expect(await call("lookUpUserNameByCardNo", "A1B2C3D4")).toBe("dora");
    expect(await call("lookUpUserNameByIDNo", "unknown")).toBe("");
    await expect(call("addNewUser", "Dora")).rejects.toThrow(/There is a person dora already/);
    const admin = await site.admin("GET", "/api/admin/people/dora");
    expect(admin.body).toMatchObject({ balance: 125_000, badges: ["…3D4"] });
  });

  it("makes an internal person with all that it knows of them", async () => {
    const all = ["erik", "secret", "Erik &amp; Co", "erik@library.test", "CAFE0001", "9876"];
    expect(await call("addNewInternalUser", ...all)).toBe(true);
    expect(await call("lookUpUserNameByEmail", "ERIK@library.test")).toBe("erik");
    expect(await call("getUserProperty", "erik", "full-name")).toBe("Erik & Co");
    expect(await call("lookUpUserNameByCardNo", "CAFE0001")).toBe("erik");
    await expect(call("addNewInternalUser", "finn", "secret", "", "", "CAFE0001")).rejects.toThrow(
      /belongs to another person/,
    );
    expect(await call("isUserExists", "finn")).toBe(false);
    await expect(call("addNewInternalUser", "finn", "x", "", "", "", "12")).rejects.toThrow(/pin/);
  });

  it("sets and gets many properties in their order", async () => {
    const pairs = [
      ["department", "Maps"],
      ["restricted", "TRUE"],
      ["secondary-card-number", "11223344"],
      ["balance", "7.25"],
      ["overdraft-amount", "5"],
      ["card-pin", "1234"],
      ["disabled-print", "false"],
    ];
    await call("addNewUser", "gerd");
    expect(await call("setUserProperties", "gerd", pairs)).toBe(true);
    const names = [
      "balance",
      "restricted",
      "department",
      "secondary-card-number",
      "primary-card-number",
      "overdraft-amount",
      "disabled-print",
    ];
    const got = ["7.25", "true", "Maps", "11223344", "", "5.00", "false"];
    expect(await call("getUserProperties", "gerd", names)).toEqual(got);
    await expect(call("getUserProperty", "gerd", "card-pin")).rejects.toThrow(/cannot be read/);
    await expect(
      call("setUserProperties", "gerd", [
        ["department", "Archive"],
        ["shoe-size", "44"],
      ]),
    ).rejects.toThrow(/"shoe-size" is not known/);
    expect(await call("getUserProperty", "gerd", "department")).toBe("Maps");
    await call("setUserProperty", "gerd", "secondary-card-number", "");
    expect(await call("lookUpUserNameByCardNo", "11223344")).toBe("");
  });

  it("takes money only if it is there, when it asks so", async () => {
    const available = (...params: Sent[]) =>
      call("adjustUserAccountBalanceIfAvailable", "bob", ...params);
    expect(await available(-0.11, "too much")).toBe(false);
    expect(await available(-0.04, "coffee")).toBe(true);
    const leaving = (leave: number) =>
      call("adjustUserAccountBalanceIfAvailableLeaveRemaining", "bob", -0.03, leave, "tea");
    expect(await leaving(0.04)).toBe(false);
    expect(await leaving(0.03)).toBe(true);
    expect(await call("getUserAccountBalance", "bob")).toBe("0.03");
    expect(await call("adjustUserAccountBalanceByCardNumber", bob.card, 0.07, "back")).toBe(true);
    expect(await call("adjustUserAccountBalanceByCardNumber", "nobody", 1, "?")).toBe(false);
    expect(await call("setUserAccountBalance", "bob", "-0.5", "debt")).toBe(true);
    expect(await call("getUserAccountBalance", "bob", "")).toBe("-0.50");
    await expect(call("getUserAccountBalance", "bob", "library")).rejects.toThrow(/no account/);
  });

  it("may send numbers as strings, untyped values, and what floating point left over", async () => {
    await call("setUserAccountBalance", "bob", "0", "");
    expect(await call("adjustUserAccountBalance", "bob", "1.5", "")).toBe(true);
    expect(await call("adjustUserAccountBalance", "bob", 10.1 * 3, "")).toBe(true);
    expect(await call("getUserAccountBalance", "bob")).toBe("31.80");
    await expect(call("adjustUserAccountBalance", "bob", "0.00001", "")).rejects.toThrow(
      /four decimals/,
    );
    await expect(call("adjustUserAccountBalance", "bob", "1e15", "")).rejects.toThrow(
      /any account/,
    );
    await expect(call("adjustUserAccountBalance", "bob", "much", "")).rejects.toThrow(
      /not an amount/,
    );
  });

  it("lists, counts, disables and removes people", async () => {
    await call("addNewUser", "zoe");
    const total = await call("getTotalUsers");
    const all = await call("listUserAccounts", 0, 1_000);
    expect(all).toHaveLength(Number(total));
    expect(await call("listUserAccounts", 0, 2)).toEqual(["alice", "bob"]);
    expect(await call("disablePrintingForUser", "zoe", 60)).toBe(true);
    expect(await call("getUserProperty", "zoe", "disabled-print")).toBe("true");
    expect(await call("deleteExistingUser", "zoe", true)).toBe(true);
    expect(await call("isUserExists", "zoe")).toBe(false);
    expect(await call("getTotalUsers")).toBe(Number(total) - 1);
  });

  it("may ask for the task's state without a token, and with one", async () => {
    const member = { name: "completed", value: { boolean: "1" } };
    for (const params of [[], [token]])
      expect(await send(callXml("api.getTaskStatus", params))).toMatchObject({
        value: { member: [member, { name: "message" }] },
      });
  });

  it("is told the name of a method that is not known", async () => {
    await expect(call("makeCoffee", "alice")).rejects.toThrow(/api\.makeCoffee is not known/);
    await expect(call("runCommand", "rm", [])).rejects.toThrow(
      /api\.runCommand is not offered by this server\. This server runs no programs/,
    );
    await expect(call("batchImportUsers", "/etc/passwd", true)).rejects.toThrow(/user import/);
  });

  it("needs the right token for everything else", async () => {
    for (const params of [[], ["wrong", "alice"], [[token], "alice"], [1, "alice"]])
      expect(await send(callXml("api.isUserExists", params))).toMatchObject({
        fault: expect.stringContaining("token"),
      });
    expect(await send(callXml("api.getTaskStatus", ["wrong"]))).toHaveProperty("fault");
  });

  it("is understood in the types, encodings and entities that clients use", async () => {
    const wrapped = (value: string): string =>
      `<methodCall>\n <methodName> api.isUserExists </methodName>\n <params>\n <param><value>
       <string>${token}</string> </value></param>\n <param><value>${value}</value></param>
       </params>\n</methodCall>`;
    for (const value of [
      "<string>alice</string>",
      "alice",
      "<![CDATA[alice]]>",
      "&#97;l&#x69;ce",
      "<string><!-- who? -->alice</string>",
    ])
      expect(await send(wrapped(value), "application/xml; charset=utf-8"), value).toEqual({
        value: true,
      });
    await call("addNewUser", "José");
    const latin = `<?xml version="1.0" encoding="ISO-8859-1"?>${wrapped("José")}`;
    expect(await send(Buffer.from(latin, "latin1"))).toEqual({ value: true });
  });
});

describe("what is not a call", () => {
  const entity = `<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "alice"><!ENTITY b "&a;&a;&a;">]>
    <methodCall><methodName>api.isUserExists</methodName><params><param><value>&b;</value></param></params></methodCall>`;
  const outside = `<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><methodCall><methodName>api.isUserExists</methodName><params><param><value>&x;</value></param></params></methodCall>`;
  const deepCall = (n: number): string =>
    `<methodCall><methodName>api.isUserExists</methodName><params><param>${"<value><array><data>".repeat(n)}${"</data></array></value>".repeat(n)}</param></params></methodCall>`;
  it.each([
    ["nothing", ""],
    ["no XML", "isUserExists alice"],
    ["an open tag", "<methodCall><methodName>api.getTaskStatus</methodName>"],
    ["crossed tags", "<methodCall><methodName>api.getTaskStatus</methodCall></methodName>"],
    ["declared entities", entity],
    ["entities from outside", outside],
    ["an unknown entity", callXml("api.isUserExists", ["&nbsp;"])],
    ["a reference to no character", callXml("api.isUserExists", ["&#0;"])],
    ["deep nesting", deepCall(20)],
    ["bottomless nesting", deepCall(5_000)],
    ["another document", "<methodResponse><params/></methodResponse>"],
    ["two calls", `${callXml("api.a", [])}${callXml("api.b", []).slice(21)}`],
    ["a prototype", "<__proto__><methodName>api.getTaskStatus</methodName></__proto__>"],
    ["a method's name that is none", callXml("api.isUserExists&lt;script&gt;", [])],
    ["half a megabyte of open comments", "<!--".repeat(131_072)],
    ["half a megabyte of brackets", "<".repeat(524_288)],
    ["half a megabyte of small tags", `<methodCall>${"<i/>".repeat(131_072)}</methodCall>`],
    ["half a megabyte of open CDATA", "<![CDATA[".repeat(58_254)],
    ["half a megabyte of ampersands", callXml("api.isUserExists", ["&".repeat(524_288)])],
  ])("%s is a fault, soon", async (_what, xml) => {
    const began = performance.now();
    expect(await send(xml)).toHaveProperty("fault");
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it("bytes that are no text, or in a strange encoding, are a fault", async () => {
    expect(await send(Buffer.from([0x3c, 0xff, 0xfe, 0x3e]))).toHaveProperty("fault");
    const utf7 = `<?xml version="1.0" encoding="utf-7"?>${callXml("api.getTaskStatus", []).slice(21)}`;
    expect(await send(utf7)).toHaveProperty("fault");
  });

  it("more than a megabyte is refused before it is read", async () => {
    const response = await fetch(new URL("/rpc/api/xmlrpc", site.server.url), {
      method: "POST",
      headers: { "content-type": "text/xml" },
      body: " ".repeat(1_100_000),
    });
    expect(response.status).toBe(413);
  });

  it("too long a list, or too long a text, is a fault", async () => {
    const names = Array.from({ length: 101 }, () => "email");
    await expect(call("getUserProperties", "alice", names)).rejects.toThrow(/too long/);
    await expect(call("isUserExists", "x".repeat(513))).rejects.toThrow(/too long/);
    await expect(call("isUserExists")).rejects.toThrow(/"username" is missing/);
    await expect(call("listUserAccounts", -1, 5)).rejects.toThrow(/less than 0/);
  });
});

describe("an answer", () => {
  beforeEach(async () => {
    await call("setUserProperty", "alice", "notes", "");
  });

  it("gives text back as it was, whatever it holds", async () => {
    const notes = "a &lt;b&gt; &amp;amp; \u{1F4C4} é";
    await call("setUserProperty", "alice", "notes", notes);
    const response = await fetch(new URL("/rpc/api/xmlrpc", site.server.url), {
      method: "POST",
      headers: { "content-type": "text/xml" },
      body: callXml("api.getUserProperty", [token, "alice", "notes"]),
    });
    expect(await response.text()).toContain(`<value>${notes}</value>`);
  });

  it("tells a card's number only to who holds the token, and never to the log", async () => {
    expect(await call("getUserProperty", "alice", "primary-card-number")).toBe(alice.card);
    expect(JSON.stringify(site.lines)).not.toContain(alice.card);
    expect(JSON.stringify(site.lines)).not.toContain(token);
  });
});
