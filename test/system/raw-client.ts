import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { attribute, mimeMediaType, name, operationGroup, uri } from "../../ipp/build.ts";
import { decode } from "../../ipp/decode.ts";
import { encode } from "../../ipp/encode.ts";
import type { IppAttribute, IppGroup } from "../../ipp/message.ts";
import { operation } from "../../ipp/operations.ts";
import { groupOf, groupsOf, stringOf } from "../../ipp/read.ts";
import { status } from "../../ipp/status.ts";
import { groupTag } from "../../ipp/tags.ts";

/** What a queue answered: in HTTP's words, and in IPP's where it came to that. */
export type RawAnswer = {
  http: number;
  headers: Record<string, string | string[] | undefined>;
  /** The keyword of the IPP status. */
  status: string | undefined;
  sentence: string | undefined;
  /** All groups of the answer with a tag, and the first. */
  groups: (tag: number) => IppGroup[];
  group: (tag: number) => IppGroup | undefined;
};

export type RawRequest = {
  /** `ipp://…` or `ipps://…`, as a person types it. */
  printer: string;
  code?: number;
  user?: string;
  title?: string;
  /** Name and password, sent without being asked for them. */
  basic?: [name: string, password: string];
  authorization?: string;
  /** Further operation attributes. */
  attributes?: readonly IppAttribute[];
  document?: Uint8Array;
};

export const basicOf = (login: string, password: string): string =>
  `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`;

/** One request of a client that does just what a test says; Print-Job unless told. */
export function sendRaw(asked: RawRequest): Promise<RawAnswer> {
  const { printer, code = operation.printJob, user, title = "a document", basic } = asked;
  const bytes = encode({
    version: { major: 2, minor: 0 },
    code,
    requestId: 1,
    groups: [
      operationGroup([
        attribute("printer-uri", uri(printer)),
        ...(user === undefined ? [] : [attribute("requesting-user-name", name(user))]),
        attribute("job-name", name(title)),
        attribute("document-format", mimeMediaType("application/pdf")),
        ...(asked.attributes ?? []),
      ]),
    ],
  });
  const url = new URL(printer.replace(/^ipp/, "http"));
  const authorization = basic === undefined ? asked.authorization : basicOf(...basic);
  return new Promise((resolve, reject) => {
    const call = (url.protocol === "https:" ? tlsRequest : plainRequest)(url, {
      method: "POST",
      // Certificates are tried in tls.test.ts; print clients trust the first that they see.
      rejectUnauthorized: false,
      agent: false,
      headers: {
        "content-type": "application/ipp",
        ...(authorization === undefined ? {} : { authorization }),
      },
    });
    call.on("error", reject);
    call.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(chunks);
        const isIpp = response.headers["content-type"] === "application/ipp";
        const decoded = isIpp ? decode(body) : undefined;
        const message = decoded?.kind === "complete" ? decoded.message : undefined;
        const group = (tag: number) => (message ? groupOf(message, tag) : undefined);
        resolve({
          http: response.statusCode ?? 0,
          headers: response.headers,
          status: Object.entries(status).find(([, number]) => number === message?.code)?.[0],
          sentence: stringOf(group(groupTag.operation), "status-message"),
          group,
          groups: (tag) => (message ? groupsOf(message, tag) : []),
        });
      });
    });
    call.end(Buffer.concat([bytes, asked.document ?? new Uint8Array()]));
  });
}
