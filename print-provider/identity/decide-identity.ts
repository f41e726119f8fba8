import type { StatusName } from "../../ipp/status.ts";
import type { PasswordReply } from "../../protocol/provider-people.ts";
import type { IdentityWay, Queue } from "../../protocol/site.ts";
import { takesUnclaimed } from "../unclaimed/takes-unclaimed.ts";

/** What became of a name and password: the server's word, or that nobody can say at present. */
export type PasswordVerdict =
  | { readonly kind: "right"; readonly login: string }
  | { readonly kind: "wrong" }
  | { readonly kind: "slow-down"; readonly seconds: number }
  | { readonly kind: "refused"; readonly reason: PasswordRefusal }
  | { readonly kind: "away" };
type PasswordRefusal = Extract<PasswordReply, { kind: "refused" }>["reason"];

/** All that a request shows of who sent it. */
export interface Evidence {
  /** It came over TLS. */
  readonly secure: boolean;
  /** The queue is reached over TLS, too. */
  readonly tlsOffered: boolean;
  /** `Authorization`, checked where it was Basic, over TLS, and of use to the queue. */
  readonly password:
    | { readonly kind: "none" }
    | { readonly kind: "unusable" }
    | { readonly kind: "checked"; readonly verdict: PasswordVerdict };
  /** Whether a name is that of a service account: it speaks for others, and never for itself. */
  readonly isServiceAccount: (login: string) => boolean;
  /** The secret part of the address: none, of nobody, or whose. */
  readonly address:
    | { readonly kind: "none" }
    | { readonly kind: "unknown" }
    | { readonly kind: "of"; readonly owner: string };
  readonly fromTrustedServer: boolean;
  readonly fromTrustedNetwork: boolean;
  /** `requesting-user-name`, without a Windows domain. */
  readonly said:
    | { readonly kind: "nothing" }
    | { readonly kind: "named"; readonly owner: string }
    | { readonly kind: "unfit"; readonly sentence: string };
}

export type Identity =
  | { readonly kind: "known"; readonly owner: string; readonly way: IdentityWay }
  | { readonly kind: "nobody" }
  /** HTTP 401: a name and a password are asked for. */
  | { readonly kind: "challenge" }
  /** HTTP 426: the same is asked for, and not before TLS. */
  | { readonly kind: "upgrade" }
  | { readonly kind: "refused"; readonly status: StatusName; readonly sentence: string };

/** The ways of a queue that says nothing. */
export const waysOf = ({ identity }: Queue): readonly IdentityWay[] => identity ?? ["name"];

/** Whether a password is of use at a queue: for a person's own jobs, or for a service account. */
export function takesPasswords(queue: Queue, hasServiceAccounts: boolean): boolean {
  const ways = waysOf(queue);
  return ways.includes("basic") || (hasServiceAccounts && ways.includes("server"));
}

/**
 * Whose request it is: by the first of the queue's ways that it satisfies. What was shown and is wrong
 * refuses the request, whatever weaker way it would satisfy. `asks`: a password would be of use.
 */
export function decideIdentity(queue: Queue, it: Evidence, asks: boolean): Identity {
  const wrong = whatIsWrong(queue, it, asks);
  if (wrong !== undefined) return wrong;
  for (const way of waysOf(queue)) {
    const owner = ownerBy(way, it);
    if (owner?.kind === "unfit")
      return { kind: "refused", status: "client-error-bad-request", sentence: owner.sentence };
    if (owner !== undefined) return { kind: "known", owner: owner.owner, way };
  }
  if (!asks) return { kind: "nobody" };
  if (it.secure) return { kind: "challenge" };
  return it.tlsOffered && !takesUnclaimed(queue) ? { kind: "upgrade" } : { kind: "nobody" };
}

function ownerBy(
  way: IdentityWay,
  it: Evidence,
): { kind: "named"; owner: string } | { kind: "unfit"; sentence: string } | undefined {
  switch (way) {
    case "basic": {
      const login = rightLogin(it);
      return login === undefined || it.isServiceAccount(login)
        ? undefined
        : { kind: "named", owner: login };
    }
    case "address":
      return it.address.kind === "of" ? { kind: "named", owner: it.address.owner } : undefined;
    case "server": {
      const login = rightLogin(it);
      const trusted = it.fromTrustedServer || (login !== undefined && it.isServiceAccount(login));
      return trusted && it.said.kind !== "nothing" ? it.said : undefined;
    }
    case "name":
      if (!it.fromTrustedNetwork) return undefined;
      return it.said.kind === "nothing" ? { kind: "named", owner: "anonymous" } : it.said;
  }
}

function rightLogin({ password }: Evidence): string | undefined {
  return password.kind === "checked" && password.verdict.kind === "right"
    ? password.verdict.login
    : undefined;
}

function whatIsWrong(queue: Queue, it: Evidence, asks: boolean): Identity | undefined {
  const { address, password } = it;
  const isSecret = address.kind !== "none";
  if (address.kind === "unknown" || (isSecret && !waysOf(queue).includes("address")))
    return refused("client-error-not-found", "There is no printer at this address.");
  if (password.kind === "none" || !asks) return undefined;
  if (!it.secure)
    return refused(
      "client-error-not-authenticated",
      "Passwords are taken over TLS only. Set the printer's address to begin with ipps://.",
    );
  if (password.kind === "unusable") return { kind: "challenge" };
  const { verdict } = password;
  switch (verdict.kind) {
    case "right":
      return undefined;
    case "wrong":
      return { kind: "challenge" };
    case "slow-down":
      return refused(
        "server-error-busy",
        `Too many wrong passwords. Wait ${verdict.seconds} seconds, then print again.`,
      );
    case "away":
      return refused(
        "server-error-temporary-error",
        "Passwords cannot be checked at present, and yours was not used here lately. Try again later.",
      );
    case "refused":
      return refusedBecause(verdict.reason);
  }
}

function refusedBecause(reason: PasswordRefusal): Identity {
  switch (reason) {
    case "busy":
      return refused("server-error-busy", "Too many people sign in at once. Try again shortly.");
    case "directory-unreachable":
      return refused(
        "server-error-temporary-error",
        "The directory that knows your password does not answer. Try again later.",
      );
    case "disabled":
    case "not-allowed":
      return refused("client-error-not-authorized", "You may not print here. Ask your help desk.");
    case "account-locked":
      return refused("client-error-not-authorized", "Your account is locked. Ask your help desk.");
    case "password-expired":
      return refused(
        "client-error-not-authorized",
        "Your password has expired. Set a new one, then print again.",
      );
  }
}

function refused(status: StatusName, sentence: string): Identity {
  return { kind: "refused", status, sentence };
}
