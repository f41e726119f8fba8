import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../../server/server.fixture.ts";

/** Python's own xmlrpc.client: a peer that we did not write. */
const PYTHON = "/usr/bin/python3";
const run = promisify(execFile);

let site: TestServer;
let token: string;
beforeAll(async () => {
  site = await startTestServer();
  token = readFileSync(site.server.webServicesTokenFile, "utf8").trim();
});
afterAll(() => site.close());

const post = async (body: string, headers: Record<string, string>) => {
  const url = new URL("/rpc/api/xmlrpc", site.server.url);
  return await (await fetch(url, { method: "POST", headers, body })).text();
};

describe.runIf(existsSync(PYTHON))("Python's xmlrpc.client", () => {
  it("works through people, groups, shared accounts, printers and faults", async () => {
    const script = `
import sys, json, xmlrpc.client
url, token = sys.argv[1], sys.stdin.readline().strip()
api = xmlrpc.client.ServerProxy(url).api
out = []
out.append(api.addNewUser(token, "päul & co"))
out.append(api.setUserProperties(token, "päul & co", (("full-name", "Päul <Co>"), ("restricted", "TRUE"))))
out.append(api.getUserProperty(token, "päul & co", "full-name"))
out.append(api.adjustUserAccountBalance(token, "päul & co", 0.1 + 0.2, "float"))
out.append(api.getUserAccountBalance(token, "päul & co"))
api.addNewGroup(token, "Staff")
api.addUserToGroup(token, "päul & co", "Staff")
api.setGroupQuota(token, "Staff", 2.5, "MONTHLY", 10.0)
out.append(api.getGroupQuota(token, "Staff"))
api.addNewSharedAccount(token, "Maths")
api.addNewSharedAccount(token, "Maths\\\\Algebra")
out.append(api.listSharedAccounts(token, 0, 1000))
out.append(api.adjustSharedAccountAccountBalance(token, "Maths\\\\Algebra", 100, "budget"))
out.append(api.getSharedAccountAccountBalance(token, "Maths\\\\Algebra"))
out.append(api.listPrinters(token, 0, 10))
out.append(api.getConfigValue(token, "no.such.value"))
out.append(api.getTaskStatus())
for call in (lambda: api.runCommand(token, "x", []), lambda: api.isUserExists("wrong", "x")):
    try:
        call()
    except xmlrpc.client.Fault as fault:
        out.append([fault.faultCode, fault.faultString])
print(json.dumps(out))
`;
    const child = run(PYTHON, ["-c", script, `${site.server.url}/rpc/api/xmlrpc`], {
      timeout: 60_000,
    });
    child.child.stdin?.end(`${token}\n`);
    const said: unknown = JSON.parse((await child).stdout);
    expect(said).toEqual([
      true,
      true,
      "Päul <Co>",
      true,
      0.3,
      { QuotaAmount: 2.5, QuotaPeriod: "MONTHLY", QuotaMaxAccumulation: 10 },
      ["Maths", "Maths\\Algebra"],
      true,
      100,
      ["device\\mfp"],
      "",
      { completed: true, message: "No task is running." },
      [0, expect.stringContaining("runs no programs")],
      [0, expect.stringContaining("token")],
    ]);
  });
});

describe("what other clients send, byte by byte", () => {
  it("Perl's XMLRPC::Lite: typed, with namespaces of none and a charset, amounts as doubles", async () => {
    const body = `<?xml version="1.0" encoding="UTF-8"?><methodCall><methodName>api.adjustUserAccountBalance</methodName><params><param><value><string>${token}</string></value></param><param><value><string>alice</string></value></param><param><value><double>-1.25</double></value></param><param><value><string>copies &#38; more</string></value></param></params></methodCall>`;
    const answer = await post(body, {
      "content-type": "text/xml; charset=utf-8",
      accept: "text/xml",
      soapaction: '""',
    });
    // Such scripts test the answer for 1.
    expect(answer).toContain("<value><boolean>1</boolean></value>");
  });

  it("Java's Apache XML-RPC 2: untyped strings, i4, nested arrays on one line", async () => {
    const pair = (name: string, value: string) =>
      `<value><array><data><value>${name}</value><value>${value}</value></data></array></value>`;
    const body = `<?xml version="1.0" encoding="ISO-8859-1"?><methodCall><methodName>api.setUserProperties</methodName><params><param><value>${token}</value></param><param><value>alice</value></param><param><value><array><data>${pair("department", "R&amp;D")}${pair("notes", "")}</data></array></value></param></params></methodCall>`;
    expect(await post(body, { "content-type": "text/xml" })).toContain("<boolean>1</boolean>");
    const list = `<methodCall><methodName>api.listUserAccounts</methodName><params><param><value>${token}</value></param><param><value><i4>0</i4></value></param><param><value><i4>1000</i4></value></param></params></methodCall>`;
    expect(await post(list, { "content-type": "text/xml" })).toContain("<value>alice</value>");
  });

  it("TypeScript's xmlrpc: application/xml, line ends between tags, whole amounts as ints", async () => {
    const lines = [
      '<?xml version="1.0"?>',
      "<methodCall>",
      "\t<methodName>api.setUserAccountBalance</methodName>",
      "\t<params>",
      `\t\t<param>\n\t\t\t<value>\n\t\t\t\t<string>${token}</string>\n\t\t\t</value>\n\t\t</param>`,
      "\t\t<param>\n\t\t\t<value>\n\t\t\t\t<string>alice</string>\n\t\t\t</value>\n\t\t</param>",
      "\t\t<param>\n\t\t\t<value>\n\t\t\t\t<int>20</int>\n\t\t\t</value>\n\t\t</param>",
      "\t\t<param>\n\t\t\t<value>\n\t\t\t\t<string/>\n\t\t\t</value>\n\t\t</param>",
      "\t</params>",
      "</methodCall>",
    ];
    const answer = await post(lines.join("\r\n"), { "content-type": "application/xml" });
    expect(answer).toContain("<boolean>1</boolean>");
    const status = "<methodCall><methodName>api.getTaskStatus</methodName><params/></methodCall>";
    const told = await post(status, { "content-type": "application/xml" });
    expect(told).toContain("<name>completed</name><value><boolean>1</boolean></value>");
    expect(told).not.toContain("nil");
    const fault = await post("<methodCall><methodName>api.x</methodName></methodCall>", {
      "content-type": "application/xml",
    });
    expect(fault.indexOf("faultString")).toBeLessThan(fault.indexOf("faultCode"));
    expect(fault).toMatch(/<name>faultCode<\/name><value><int>-?\d+<\/int>/);
  });
});
