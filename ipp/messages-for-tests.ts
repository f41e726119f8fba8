import type { IppMessage } from "./message.ts";
import { groupTag } from "./tags.ts";

/** Bytes by their hexadecimal digits; spaces and lines are for the eye. */
export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(/[^0-9a-f]/g, ""), "hex"));
}

/** One byte of tag, a counted name, a counted value: RFC 8010 §3.1.4. */
export function attributeBytes(tag: number, name: string, value: Uint8Array | string): Buffer {
  const counted = (bytes: Uint8Array | string) => {
    const body = Buffer.from(bytes as string);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(body.length);
    return Buffer.concat([length, body]);
  };
  return Buffer.concat([Buffer.from([tag]), counted(name), counted(value)]);
}

/** A request with these parts and the end tag. */
export function messageBytes(...parts: Uint8Array[]): Buffer {
  return Buffer.concat([hex("0200 000b 00000001"), ...parts, hex("03")]);
}

/** A Print-Job request with nested collections, and its bytes written by hand. */
export const printJob: IppMessage = {
  version: { major: 2, minor: 0 },
  code: 0x0002,
  requestId: 7,
  groups: [
    {
      tag: groupTag.operation,
      attributes: [
        { name: "attributes-charset", values: [{ kind: "charset", value: "utf-8" }] },
        { name: "attributes-natural-language", values: [{ kind: "naturalLanguage", value: "en" }] },
      ],
    },
    {
      tag: groupTag.job,
      attributes: [
        { name: "copies", values: [{ kind: "integer", value: 2 }] },
        {
          name: "page-ranges",
          values: [
            { kind: "rangeOfInteger", value: { lower: 1, upper: 2 } },
            { kind: "rangeOfInteger", value: { lower: 5, upper: 9 } },
          ],
        },
        {
          name: "media-col",
          values: [
            {
              kind: "collection",
              value: [
                {
                  name: "media-size",
                  values: [
                    {
                      kind: "collection",
                      value: [{ name: "x-dimension", values: [{ kind: "integer", value: 21000 }] }],
                    },
                  ],
                },
                { name: "media-type", values: [{ kind: "keyword", value: "stationery" }] },
              ],
            },
          ],
        },
      ],
    },
  ],
};

export const printJobBytes = hex(`
  0200 0002 00000007
  01
  47 0012 617474726962757465732d63686172736574 0005 7574662d38
  48 001b 617474726962757465732d6e61747572616c2d6c616e6775616765 0002 656e
  02
  21 0006 636f70696573 0004 00000002
  33 000b 706167652d72616e676573 0008 00000001 00000002
  33 0000 0008 00000005 00000009
  34 0009 6d656469612d636f6c 0000
  4a 0000 000a 6d656469612d73697a65
  34 0000 0000
  4a 0000 000b 782d64696d656e73696f6e
  21 0000 0004 00005208
  37 0000 0000
  4a 0000 000a 6d656469612d74797065
  44 0000 000a 73746174696f6e657279
  37 0000 0000
  03`);
