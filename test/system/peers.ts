import type { PrintedSide } from "../../simulator/printer/printed-side.ts";
import { tap } from "../../simulator/readers/dialling-reader.ts";
import type { TestSite } from "./test-site.ts";

/** What lies in the simulator's tray: one entry a printed side. */
export async function paper(site: TestSite): Promise<PrintedSide[]> {
  const response = await fetch(`http://127.0.0.1:${site.ports.simulator}/paper`);
  return (await response.json()) as PrintedSide[];
}

export async function fault(
  site: TestSite,
  name: string,
  parameters: object | undefined,
  method: "PUT" | "DELETE" = "PUT",
): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${site.ports.simulator}/faults/${name}`, {
    method,
    ...(parameters === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(parameters) }),
  });
  if (!response.ok) throw new Error(`fault ${name}: ${response.status} ${await response.text()}`);
}

/** A badge on a network reader that dials in. */
export function tapBadge(port: number, card: string): Promise<void> {
  return tap({ host: "127.0.0.1", port, card });
}

/** One XML-RPC call, as the scripts of existing sites make it; strings and doubles are all they use. */
export async function xmlRpc(
  site: TestSite,
  method: string,
  ...params: (string | number)[]
): Promise<string> {
  const value = (it: string | number) =>
    typeof it === "number" ? `<double>${it}</double>` : `<string>${it}</string>`;
  const body = `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${[
    site.webServicesToken(),
    ...params,
  ]
    .map((it) => `<param><value>${value(it)}</value></param>`)
    .join("")}</params></methodCall>`;
  const response = await fetch(`http://127.0.0.1:${site.ports.server}/rpc/api/xmlrpc`, {
    method: "POST",
    headers: { "content-type": "text/xml" },
    body,
  });
  const text = await response.text();
  if (text.includes("<fault>")) throw new Error(`${method}: ${text}`);
  const match = /<param>\s*<value>(?:<[a-z0-9]+>)?([^<]*)/.exec(text);
  return match?.[1] ?? "";
}
