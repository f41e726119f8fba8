import type { PayingAccount, SharedPayer } from "../../protocol/paying-account.ts";
import type { Session } from "./session.ts";

/** The shared account of this id, if the person may pay from it. */
export function sharedPayer(
  { person }: Pick<Session, "person">,
  account: string | undefined,
): SharedPayer | undefined {
  return person.sharedAccounts?.find((one) => one.account === account);
}

/** Whether a release is paid by the person's own accounts: a shared one is nobody's own balance. */
export function isPaidByOwn(
  release: { readonly accounts: readonly { readonly account: string }[] },
  { person }: Pick<Session, "person">,
): boolean {
  const own = new Set(person.accounts.map(({ account }) => account));
  return release.accounts.some(({ account }) => own.has(account));
}

/**
 * What pays for what is printed now: the shared account that was chosen, and nothing else beside it, or
 * the person's own accounts.
 */
export function payersOf(
  session: Pick<Session, "person" | "payer">,
): readonly Pick<PayingAccount, "account" | "unit" | "available">[] {
  const shared = sharedPayer(session, session.payer);
  if (shared === undefined) return session.person.accounts;
  const { account, available } = shared;
  return [{ account, unit: "money", available }];
}
