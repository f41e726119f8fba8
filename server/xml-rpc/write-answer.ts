import { decimalOf } from "../../pricing/money.ts";
import type { RpcReply } from "./value.ts";
import { encodeXmlText } from "./xml-text.ts";

/** Apache XML-RPC 2 says 0 for every error of a method; scripts look at the sentence. */
const FAULT_CODE = 0;

/** A methodResponse with its one value. */
export function writeAnswer(reply: RpcReply): string {
  return document(`<params><param>${writeValue(reply)}</param></params>`);
}

/** A methodResponse that says why not. The string comes before the code, as existing clients are used to. */
export function writeFault(sentence: string): string {
  return document(
    `<fault>${writeValue({
      kind: "struct",
      members: [
        ["faultString", { kind: "string", text: sentence }],
        ["faultCode", { kind: "int", value: FAULT_CODE }],
      ],
    })}</fault>`,
  );
}

function document(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><methodResponse>${content}</methodResponse>`;
}

function writeValue(reply: RpcReply): string {
  return `<value>${contentOf(reply)}</value>`;
}

function contentOf(reply: RpcReply): string {
  switch (reply.kind) {
    case "string":
      return encodeXmlText(reply.text);
    case "int":
      return `<int>${reply.value}</int>`;
    case "boolean":
      return `<boolean>${reply.value ? 1 : 0}</boolean>`;
    case "double":
      return `<double>${decimalOf(reply.money)}</double>`;
    case "array":
      return `<array><data>${reply.items.map(writeValue).join("")}</data></array>`;
    case "struct":
      return `<struct>${reply.members
        .map(
          ([name, value]) =>
            `<member><name>${encodeXmlText(name)}</name>${writeValue(value)}</member>`,
        )
        .join("")}</struct>`;
  }
}
