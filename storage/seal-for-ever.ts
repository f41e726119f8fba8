// Run by a test, which kills it: seals one file after another into a folder, and says each that is done.
import { createSecretKey } from "node:crypto";
import { writeSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { sealTo } from "./seal-writer.ts";

const [, , folder, hexKey] = argv;
if (folder === undefined || hexKey === undefined) throw new Error("usage: <folder> <key in hex>");
const key = createSecretKey(Buffer.from(hexKey, "hex"));
const chunk = Buffer.alloc(300_000, 42);
for (let number = 1; ; number++) {
  const name = `${number}.sealed`;
  const writer = sealTo({ path: join(folder, name), key });
  for (let pieces = 0; pieces < 5; pieces++) await writer.write(chunk);
  await writer.finish();
  writeSync(1, `${name}\n`);
}
