import { createHash } from "node:crypto";

/**
 * The `printer-uuid` of a queue: the same for ever, and another for each queue and each provider
 * (RFC 9562 §5.5, a name within the provider's own UUID).
 */
export function printerUuid(providerUuid: string, queue: string): string {
  const hash = createHash("sha1")
    .update(Buffer.from(providerUuid.replaceAll("-", ""), "hex"))
    .update(queue)
    .digest()
    .subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join("-");
}
