import { parseArgs } from "node:util";
import { AddressesShown, AddressReply } from "../protocol/provider-people.ts";
import type { AdminClient } from "./admin-client.ts";
import { UserError } from "./folders.ts";

export const ADDRESS_USAGE = `guichet user address <login> <queue>
guichet user address <login> list
guichet user address <login> revoke <its last characters>|--all`;

/** `guichet user address …`: a person's own secret address of a queue, which is told once. */
export async function userAddress(
  admin: AdminClient,
  path: string,
  args: string[],
): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { all: { type: "boolean" } },
  });
  const [first, second] = positionals;
  if (first === undefined) throw new UserError(ADDRESS_USAGE);
  if (first === "list") return describe(await admin.get(`${path}/addresses`, AddressesShown));
  if (first === "revoke") {
    if ((second === undefined) === (values.all !== true)) throw new UserError(ADDRESS_USAGE);
    const end = second ?? null;
    return describe(await admin.post(`${path}/addresses/revoke`, { end }, AddressesShown));
  }
  const { address } = await admin.post(`${path}/addresses`, { queue: first }, AddressReply);
  return `${address}\nWhoever has this address prints as this person. It is shown this once: add it as a printer now.`;
}

function describe({ addresses }: AddressesShown): string {
  return addresses.length === 0
    ? "no address"
    : addresses
        .map(
          ({ queue, end, made, revoked }) =>
            `  …${end}  ${queue.padEnd(16)} made ${made}${revoked === null ? "" : `, revoked ${revoked}`}`,
        )
        .join("\n");
}
