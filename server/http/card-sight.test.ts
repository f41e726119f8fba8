import { Compile } from "typebox/compile";
import { afterEach, expect, it } from "vitest";
import { RulesChecked } from "../../protocol/card-rules.ts";
import { SightReply } from "../../protocol/readers.ts";
import { startTestServer, type TestServer } from "../server.fixture.ts";

let site: TestServer | undefined;
afterEach(() => site?.close());

it("lets see whole card numbers who has the right by name, and tells the audit", async () => {
  site = await startTestServer();
  const { link } = await site.enrol("bridge", "corridor");
  const { admin } = site;
  const ask = (password: string) =>
    link.post("/api/bridge/card-sight", { login: "alice", password }, SightReply);
  await admin("POST", "/api/admin/people/alice/secrets", { password: "correct horse" });

  expect(await ask("correct horse")).toMatchObject({
    kind: "refused",
    sentence: expect.stringMatching(/no right .* --see-card-numbers yes/),
  });
  await admin("POST", "/api/admin/people/alice/rights", { seeCardNumbers: true });
  expect(await ask("incorrect")).toMatchObject({ kind: "refused" });
  expect(await ask("correct horse")).toEqual({ kind: "granted", minutes: 15 });
  await admin("POST", "/api/admin/people/alice/rights", { seeCardNumbers: false });
  expect(await ask("correct horse")).toMatchObject({ kind: "refused" });

  const { text } = await admin("GET", "/api/admin/audit?login=alice");
  expect(text).toContain("wanted to see card numbers");
  expect(text).toContain("sees card numbers for 15 minutes");
  expect(text).toContain("POST /api/admin/people/:login/rights");
});

it("gives nobody a card that tells another number at every tap", async () => {
  site = await startTestServer();
  const give = (cardNumber: string) =>
    site?.admin("POST", "/api/admin/people/alice/badges", { cardNumber });
  expect(await give("08A1B2C3")).toMatchObject({
    status: 409,
    text: expect.stringMatching(/another number at every tap/),
  });
  expect(await give("08123456")).toMatchObject({ status: 200 });
});

it("tells what a rule would do to everybody, and changes nothing", async () => {
  site = await startTestServer();
  const { admin } = site;
  // The number that Alice's card would have after the rule.
  await admin("POST", "/api/admin/people/bob/badges", { cardNumber: "1724861890" });
  const { body } = await admin("POST", "/api/admin/card-rules/check", {
    rules: ["hex2dez", "", "hex2dec"],
  });
  if (!Compile(RulesChecked).Check(body)) throw new Error(JSON.stringify(body));
  const [wrong, plain, seen] = body.rules;
  expect(body).toMatchObject({ badges: 3, directory: { kind: "none" } });
  expect(wrong).toMatchObject({ kind: "refused" });
  expect(plain).toMatchObject({ kind: "checked", collisions: 0 });
  expect(seen).toMatchObject({ kind: "checked", collisions: 1 });
  expect(JSON.stringify(seen)).toContain("alice");
  expect(JSON.stringify(seen)).not.toContain("66CF4DC2");
});
