import type { IppGroup } from "../../ipp/message.ts";
import { stringOf } from "../../ipp/read.ts";
import type { StatusName } from "../../ipp/status.ts";
import type { Queue } from "../../protocol/site.ts";
import type { Database } from "../../storage/open-database.ts";
import { ownerFrom, ownerKey } from "../jobs/owner-name.ts";
import { takesUnclaimed } from "../unclaimed/takes-unclaimed.ts";
import { readCredentials } from "./basic-credentials.ts";
import type { CheckName } from "./check-name.ts";
import type { CheckPassword } from "./check-password.ts";
import { decideIdentity, type Evidence, type Identity, takesPasswords } from "./decide-identity.ts";
import { ownerOfAddress } from "./queue-addresses.ts";
import { type Requester, stranger } from "./requester.ts";

/** Where a request came from, and what it showed outside its IPP attributes. */
export interface Sender {
  readonly address: string;
  /** Over TLS, however that began. */
  readonly secure: boolean;
  readonly tlsOffered: boolean;
  readonly authorization: string | undefined;
}

export interface Asked {
  readonly sender: Sender;
  readonly queue: Queue;
  /** The secret part of the address that was used. */
  readonly token: string | undefined;
  readonly operation: IppGroup;
}

export type Identified =
  | { readonly kind: "requester"; readonly requester: Requester }
  | { readonly kind: "challenge" }
  | { readonly kind: "upgrade" }
  | { readonly kind: "refused"; readonly status: StatusName; readonly sentence: string };

export interface IdentityParts {
  readonly db: Database;
  readonly isTrustedNetwork: (address: string) => boolean;
  readonly isTrustedServer: (address: string) => boolean;
  /** Log-in names, as owners are compared, of accounts that speak for others. */
  readonly serviceAccounts: ReadonlySet<string>;
  readonly checkPassword: CheckPassword;
  readonly checkName: CheckName;
}

/**
 * Whose a request is. Answers at once where no password has to be checked and no name to be looked up,
 * so that whoever prints by name waits for nothing.
 */
export function identify(parts: IdentityParts, asked: Asked): Identified | Promise<Identified> {
  const { sender, queue } = asked;
  const asks = takesPasswords(queue, parts.serviceAccounts.size > 0);
  const credentials = readCredentials(asks ? sender.authorization : undefined);
  if (credentials.kind !== "basic" || !sender.secure) {
    const kind = credentials.kind === "none" ? "none" : "unusable";
    return settle(parts, asked, decideIdentity(queue, evidence(parts, asked, { kind }), asks));
  }
  const { login, password } = credentials;
  return parts
    .checkPassword({ login, password, address: sender.address.slice(0, 64) || "unknown" })
    .then((verdict) =>
      settle(
        parts,
        asked,
        decideIdentity(queue, evidence(parts, asked, { kind: "checked", verdict }), asks),
      ),
    );
}

function evidence(
  parts: IdentityParts,
  { sender, queue, token, operation }: Asked,
  password: Evidence["password"],
): Evidence {
  const { address, secure, tlsOffered } = sender;
  return {
    secure,
    tlsOffered,
    password,
    isServiceAccount: (login) => parts.serviceAccounts.has(ownerKey(login)),
    address: addressOf(parts.db, queue.name, token),
    fromTrustedServer: parts.isTrustedServer(address),
    fromTrustedNetwork: parts.isTrustedNetwork(address),
    said: saidBy(stringOf(operation, "requesting-user-name")),
  };
}

function addressOf(db: Database, queue: string, token: string | undefined): Evidence["address"] {
  if (token === undefined) return { kind: "none" };
  const owner = ownerOfAddress(db, { queue, token });
  return owner === undefined ? { kind: "unknown" } : { kind: "of", owner };
}

function saidBy(name: string | undefined): Evidence["said"] {
  return name === undefined || name.trim() === "" ? { kind: "nothing" } : ownerFrom(name);
}

/** What a Chromebook calls everybody whose administrator has not let it tell their names. */
const nobodysNames: ReadonlySet<string> = new Set(["chronos"]);

/**
 * A name that a client or a print server only tells is looked up where the queue can keep jobs of nobody
 * known: whoever sent it under the name of nobody still wants it.
 */
function settle(
  parts: IdentityParts,
  { queue, sender, operation }: Asked,
  identity: Identity,
): Identified | Promise<Identified> {
  const nobody: Identified = {
    kind: "requester",
    requester: stranger(sender.address, stringOf(operation, "requesting-user-name")),
  };
  if (identity.kind === "nobody") return nobody;
  if (identity.kind !== "known") return identity;
  const { owner, way } = identity;
  const known = (by: string): Identified => ({
    kind: "requester",
    requester: { kind: "known", owner: by, ownerKey: ownerKey(by), way },
  });
  const isOnlyTold = way === "name" || way === "server";
  if (!isOnlyTold) return known(owner);
  if (nobodysNames.has(ownerKey(owner))) return nobody;
  if (!takesUnclaimed(queue)) return known(owner);
  return parts.checkName(owner).then((login) => (login === undefined ? nobody : known(login)));
}
