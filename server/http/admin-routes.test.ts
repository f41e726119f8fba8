import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PersonShown } from "../../protocol/admin.ts";
import { IdentifyReply } from "../../protocol/bridge-server.ts";
import { uuid } from "../books.fixture.ts";
import { checked, startTestServer, type TestServer } from "../server.fixture.ts";

let site: TestServer;
beforeAll(async () => {
  site = await startTestServer();
});
afterAll(() => site.close());

describe("an administrator's commands", () => {
  it("make a person, give a badge and credit, each once", async () => {
    const input = { login: "carol", pin: "4711", credit: 50_000, badges: ["04A1B2C3"] };
    const made = await site.admin("POST", "/api/admin/people", input);
    expect(checked(PersonShown, made.body)).toMatchObject({
      login: "carol",
      balance: 50_000,
      badges: ["…2C3"],
      restricted: false,
    });
    expect((await site.admin("POST", "/api/admin/people", input)).status).toBe(409);
    const credit = { id: uuid("c", 1), amount: -10_000, comment: "refund at the desk" };
    const path = "/api/admin/people/CAROL";
    for (let time = 0; time < 2; time += 1)
      expect((await site.admin("POST", `${path}/credit`, credit)).body).toMatchObject({
        balance: 40_000,
      });
    const other = { ...credit, amount: 5 };
    expect((await site.admin("POST", `${path}/credit`, other)).status).toBe(409);
    const badge = { cardNumber: "DEADBEEF" };
    expect((await site.admin("POST", `${path}/badges`, badge)).body).toMatchObject({
      badges: ["…2C3", "…EEF"],
    });
    expect((await site.admin("POST", "/api/admin/people/bob/badges", badge)).status).toBe(409);
    const { link } = await site.enrol("bridge", "lobby-bridge");
    const asked = { terminal: "lobby", cardNumber: "DEADBEEF" };
    expect(await link.post("/api/bridge/identify", asked, IdentifyReply)).toMatchObject({
      person: { login: "carol" },
    });
    expect((await site.admin("GET", "/api/admin/people/nobody")).status).toBe(404);
  });

  it("need the token, on every route", async () => {
    for (const [method, path] of [
      ["POST", "/api/admin/people"],
      ["GET", "/api/admin/people/alice"],
      ["POST", "/api/admin/people/alice/credit"],
      ["POST", "/api/admin/people/alice/badges"],
      ["GET", "/api/admin/people/alice/badges"],
      ["POST", "/api/admin/people/alice/badges/change"],
      ["POST", "/api/admin/people/alice"],
      ["POST", "/api/admin/people/alice/secrets"],
      ["POST", "/api/admin/people/alice/link-code"],
      ["POST", "/api/admin/import"],
      ["POST", "/api/admin/import/end"],
      ["POST", "/api/admin/enrolment-codes"],
      ["POST", "/api/admin/enrolled/lobby-bridge/revoke"],
      ["GET", "/api/admin/uncertain"],
      ["POST", `/api/admin/uncertain/${uuid("e", 1)}`],
      ["GET", "/api/admin/books"],
    ] as const) {
      const body = method === "POST" ? {} : undefined;
      expect((await site.call(method, path, body)).status, path).not.toBe(200);
      expect((await site.call(method, path, body, "wrong")).status, path).not.toBe(200);
    }
    expect((await site.call("GET", "/api/admin/books", undefined, "wrong")).status).toBe(401);
  });
});
