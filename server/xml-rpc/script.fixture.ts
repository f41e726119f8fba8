import { readFileSync } from "node:fs";
import { XMLParser } from "fast-xml-parser";
import { expect } from "vitest";
import type { TestServer } from "../server.fixture.ts";

export type Script = {
  token: string;
  send: (xml: string | Buffer, type?: string) => Promise<Reply>;
  /** Calls `api.<method>` with the token; throws what a fault says. */
  call: (method: string, ...params: Sent[]) => Promise<unknown>;
};

export type Reply = { value: unknown } | { fault: string };

/** A script with the site's token. It reads answers with another parser's settings than the server's. */
export function scriptFor(site: TestServer): Script {
  const token = readFileSync(site.server.webServicesTokenFile, "utf8").trim();
  const send: Script["send"] = (xml, type) => post(site.server.url, xml, type);
  return {
    token,
    send,
    async call(method, ...params) {
      const reply = await send(callXml(`api.${method}`, [token, ...params]));
      if ("fault" in reply) throw new Error(reply.fault);
      return reply.value;
    },
  };
}

async function post(url: string, xml: string | Buffer, type = "text/xml"): Promise<Reply> {
  const response = await fetch(new URL("/rpc/api/xmlrpc", url), {
    method: "POST",
    headers: { "content-type": type },
    body: typeof xml === "string" ? xml : new Uint8Array(xml),
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/xml");
  const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === "member" });
  const { methodResponse } = parser.parse(text);
  if (methodResponse.fault === undefined)
    return { value: plain(methodResponse.params.param.value) };
  const [first, second] = methodResponse.fault.value.struct.member;
  expect([first.name, second.name]).toEqual(["faultString", "faultCode"]);
  return { fault: String(first.value) };
}

function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("int" in value) return Number(value.int);
  if ("double" in value) return value.double;
  if ("boolean" in value) return value.boolean === "1";
  if ("struct" in value) return value.struct;
  const { data } = (value as { array: { data: { value?: unknown } | "" } }).array;
  const items = data === "" ? [] : data.value;
  return (Array.isArray(items) ? items : items === undefined ? [] : [items]).map(plain);
}

export type Sent = string | number | boolean | Sent[];
const written = (value: Sent): string => {
  if (Array.isArray(value))
    return `<value><array><data>${value.map(written).join("")}</data></array></value>`;
  if (typeof value === "boolean") return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  if (typeof value === "number")
    return Number.isInteger(value)
      ? `<value><int>${value}</int></value>`
      : `<value><double>${value}</double></value>`;
  return `<value>${value}</value>`;
};
export const callXml = (method: string, params: Sent[]): string =>
  `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${params
    .map((param) => `<param>${written(param)}</param>`)
    .join("")}</params></methodCall>`;
