import process from "node:process";
import { createInterface } from "node:readline";
import { holdVirtualCard, smartCard, storageCard } from "./virtual-card.ts";

/**
 * Hands that hold cards to a virtual reader in another network namespace: told by lines on the standard
 * input (`smart <uid>`, `storage <uid>`, `none`, `take`), telling each command that a card got.
 */
const [, , port = "35963"] = process.argv;
let held: ReturnType<typeof holdVirtualCard> | undefined;

for await (const line of createInterface({ input: process.stdin })) {
  const [what, hex = ""] = line.trim().split(" ");
  held?.destroy();
  held = undefined;
  if (what === "take") continue;
  const uid = Uint8Array.from(Buffer.from(hex, "hex"));
  const number = what === "none" ? undefined : uid;
  const made = what === "storage" ? storageCard(uid) : smartCard(uid);
  held = holdVirtualCard({
    host: "127.0.0.1",
    port: Number(port),
    card: { ...made, uid: number },
    onCommand: (command) => process.stdout.write(`${command}\n`),
  });
}
held?.destroy();
