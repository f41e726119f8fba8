import type { Link } from "../../link/client.ts";
import { NameReply, PasswordReply } from "../../protocol/provider-people.ts";
import { createSecretChecker } from "../../storage/secret-checker.ts";
import { loopbackNetworks, trustedNetworks } from "../intake/trusted-networks.ts";
import { ownerKey } from "../jobs/owner-name.ts";
import type { WhoAsks } from "../operations/who-asks.ts";
import type { ProviderContext } from "../provider-context.ts";
import { createNameCheck } from "./check-name.ts";
import { type CheckPassword, createPasswordCheck } from "./check-password.ts";
import { waysOf } from "./decide-identity.ts";
import { identify } from "./identify.ts";
import { ownerOfAddress } from "./queue-addresses.ts";

/** Whom the word about user names is taken from, by a queue that asks it. */
export interface Trust {
  /** Networks of people's own computers; this machine only if left out. */
  readonly networks?: readonly string[];
  /** Addresses of print servers. */
  readonly servers?: readonly string[];
  /** Log-in names that print servers sign in with. */
  readonly accounts?: readonly string[];
  /** Addresses that several people's computers come from: a page shows none of them what came from there. */
  readonly shared?: readonly string[];
}

/** A client waits for the answer; what the server does not say within this it says by the record. */
const askMs = 5_000;

/**
 * Puts together what tells who asks. Throws a sentence for a network that is none. `link` gives the way
 * to the server, once there is one.
 */
export function createWhoAsks(
  { db, limits, now, monotonic }: Pick<ProviderContext, "db" | "limits" | "now" | "monotonic">,
  options: {
    trust: Trust;
    link: () => Link | undefined;
    random: (bytes: number) => Uint8Array;
  },
): WhoAsks & {
  hasServiceAccounts: boolean;
  isServiceAccount: (login: string) => boolean;
  checkPassword: CheckPassword;
  /** Whether one person's computer is behind an address. */
  isOnesOwn: (address: string) => boolean;
} {
  const { trust, link, random } = options;
  const asking = (): Link => {
    const there = link();
    if (there === undefined) throw new Error("There is no way to the server yet.");
    return there;
  };
  const checkPassword = createPasswordCheck({
    db,
    ask: async (question) =>
      asking().post("/api/provider/check-password", question, PasswordReply, { timeoutMs: askMs }),
    secrets: createSecretChecker({ atOnce: 2, waiting: 64 }),
    key: random(32),
    now,
    monotonic,
    offlineMs: limits.passwordsKeptHours * 3_600_000,
  });
  const checkName = createNameCheck({
    db,
    ask: async (name) =>
      asking().post("/api/provider/person", { name }, NameReply, { timeoutMs: askMs }),
    now,
    monotonic,
  });
  const parts = {
    db,
    isTrustedNetwork: trustedNetworks(trust.networks ?? loopbackNetworks),
    isTrustedServer: trustedNetworks(trust.servers ?? []),
    serviceAccounts: new Set((trust.accounts ?? []).map(ownerKey)),
    checkPassword,
    checkName,
  };
  const isShared = trustedNetworks(trust.shared ?? []);
  return {
    hasServiceAccounts: parts.serviceAccounts.size > 0,
    isServiceAccount: (login) => parts.serviceAccounts.has(ownerKey(login)),
    isOnesOwn: (address) => address !== "" && !isShared(address) && !parts.isTrustedServer(address),
    checkPassword,
    identify: (asked) => identify(parts, asked),
    isAddress: (queue, token) =>
      waysOf(queue).includes("address") &&
      ownerOfAddress(db, { queue: queue.name, token }) !== undefined,
  };
}
