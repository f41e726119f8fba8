import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Type } from "typebox";
import { keyRefusal } from "../card-readers/osdp/osdp-settings.ts";
import { type ReaderKeyChange, ReaderKeysShown } from "../protocol/reader-key.ts";
import type { AdminClient } from "./admin-client.ts";
import { askSecret } from "./ask-secret.ts";
import type { Context } from "./context.ts";
import { adminOf } from "./errand.ts";
import { UserError } from "./folders.ts";
import { WrongCall } from "./wrong-call.ts";

type Shown = ReaderKeysShown["readers"][number];

/** `guichet reader-key`: keys of OSDP readers; made, typed, forgotten, and given to readers. */
export async function readerKey(context: Context, args: string[]): Promise<number> {
  const flag = { type: "boolean" } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { make: flag, type: flag, install: flag, forget: flag },
  });
  const admin = adminOf(context);
  const [id] = positionals;
  if (id === undefined) return await list(admin);
  const reader = await readerNamed(admin, id);
  if (values.make) {
    await change(admin, id, { kind: "make" });
    console.log(
      `"${id}" has a new key here. Give it to the reader: npx guichet reader-key ${id} --install`,
    );
  } else if (values.type) {
    await change(admin, id, { kind: "set", key: await typedKey() });
    console.log(`"${id}" is met with this key from now on.`);
  } else if (values.forget) {
    await change(admin, id, { kind: "forget" });
    console.log(`The key of "${id}" is forgotten here; the reader still has it.`);
  } else if (values.install) return await install(admin, reader);
  else throw new WrongCall();
  return 0;
}

async function list(admin: AdminClient): Promise<number> {
  const readers = await readersOf(admin);
  if (readers.length === 0) console.log("The site has no OSDP readers.");
  for (const { reader, hasKey } of readers)
    console.log(
      `${reader}  ${hasKey ? "has a key here" : `has no key here: npx guichet reader-key ${reader} --install`}`,
    );
  return 0;
}

/** Makes a key where there is none, lets the bridge give it to the reader, and waits for the outcome. */
async function install(admin: AdminClient, { reader, hasKey }: Shown): Promise<number> {
  if (!hasKey) await change(admin, reader, { kind: "make" });
  await change(admin, reader, { kind: "install" });
  console.log("For this moment the reader may be met with the key that it was delivered with …");
  for (;;) {
    const { install: outcome } = await readerNamed(admin, reader);
    if (outcome === null) throw new UserError("The server was started anew meanwhile. Try again.");
    if (outcome !== "under-way") {
      if (outcome.kind === "failed") throw new UserError(outcome.sentence);
      console.log(`The reader "${reader}" has its key, and cards are read over a secure channel.`);
      return 0;
    }
    await wait(300);
  }
}

async function typedKey(): Promise<string> {
  const typed = await askSecret("Key, 32 hex digits", { once: true });
  const key = typed.replaceAll(/\s/g, "").toUpperCase();
  if (!/^[0-9A-F]{32}$/.test(key)) throw new UserError("A key has 32 digits, 0 to 9 and A to F.");
  const refusal = keyRefusal(Buffer.from(key, "hex"));
  if (refusal !== undefined) throw new UserError(`${refusal} Let one be made: --make.`);
  return key;
}

async function readersOf(admin: AdminClient): Promise<Shown[]> {
  return (await admin.get("/api/admin/reader-keys", ReaderKeysShown)).readers;
}

async function readerNamed(admin: AdminClient, id: string): Promise<Shown> {
  const readers = await readersOf(admin);
  const found = readers.find(({ reader }) => reader === id);
  if (found !== undefined) return found;
  const names = readers.map(({ reader }) => reader).join(", ");
  throw new UserError(`The site has no OSDP reader "${id}". It has: ${names || "none"}.`);
}

async function change(admin: AdminClient, id: string, to: ReaderKeyChange): Promise<void> {
  await admin.post(`/api/admin/readers/${id}/key`, to, Type.Unknown());
}
