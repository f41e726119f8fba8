import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { byNumber, type MakeNumberReader } from "../reader-kinds.ts";
import { osdpReader } from "./osdp-reader.ts";
import { virtualOsdpReader } from "./virtual-osdp-reader.ts";

/**
 * A virtual OSDP reader that keeps its key in this file, as a real one does without power. Before there
 * is one it is as it was delivered, and takes a key.
 */
export function keptOsdpReader(options: {
  readonly keyPath: string;
  readonly address: number;
  /** It knows no Secure Channel. */
  readonly clearText: boolean;
  readonly bits?: number;
}): MakeNumberReader {
  const { keyPath, address, clearText, bits } = options;
  const key = existsSync(keyPath)
    ? Uint8Array.from(Buffer.from(readFileSync(keyPath, "utf8").trim(), "hex"))
    : undefined;
  const reader = osdpReader({
    settings: { address, key, installing: key === undefined, simple: clearText },
    onEvent(event) {
      if (event.kind !== "key") return;
      writeFileSync(keyPath, `${Buffer.from(event.key).toString("hex")}\n`, { mode: 0o600 });
    },
  });
  return byNumber((send) => virtualOsdpReader(reader, send), bits);
}
