import type { PersonShown } from "../../protocol/admin.ts";
import type { Person } from "../../protocol/bridge-server.ts";
import type { Database } from "../../storage/open-database.ts";
import { accountsOf, availableOn, moneyAccountOf } from "../ledger/accounts.ts";
import { isSiteInShadow } from "../shadow/shadow-ledger.ts";
import { sharedAccountsFor } from "../shared-accounts/access.ts";
import { badgesOf } from "./badges.ts";
import { type CardKeys, openCard } from "./card-keys.ts";
import { isDisabled, type PersonRow, secretsOf } from "./person.ts";
import { preferencesOf } from "./preferences.ts";
import { hasRight } from "./rights.ts";

const SHARED_AT_MOST = 32;

/** A person as bridges are told of them. */
export function describePerson(db: Database, row: PersonRow, now: number): Person {
  const { person_id: personId } = row;
  const shared = sharedAccountsFor(db, { personId, now, limit: SHARED_AT_MOST, offset: 0 });
  return {
    personId: row.person_id,
    login: row.login,
    displayName: row.display_name,
    ...(row.language === null ? {} : { language: row.language }),
    ...preferencesOf(db, row.person_id),
    role: row.role,
    // In shadow mode nobody is refused for credit.
    restricted: row.restricted === 1 && !isSiteInShadow(db),
    accounts: accountsOf(db, row.person_id).map((account) => ({
      account: account.account,
      unit: account.unit,
      available: availableOn(account),
      balance: account.balance,
    })),
    ...(shared.length === 0
      ? {}
      : {
          sharedAccounts: shared.map(({ account, whole: name, available, restricted }) => ({
            account,
            name,
            available,
            restricted: restricted === 1,
          })),
        }),
  };
}

/** A person as administrators see them: of each card number only its end. */
export function showPerson(
  db: Database,
  shown: { row: PersonRow; keys: CardKeys },
  now: number,
): PersonShown {
  const { row, keys } = shown;
  const personId = row.person_id;
  const account = moneyAccountOf(db, personId);
  return {
    personId,
    login: row.login,
    displayName: row.display_name,
    role: row.role,
    restricted: row.restricted === 1,
    disabled: isDisabled(row, now),
    balance: account.balance,
    reserved: account.reserved,
    source: row.source,
    ...(row.number === "" ? {} : { number: row.number }),
    hasPin: secretsOf(db, personId).pin !== null,
    hasPassword: secretsOf(db, personId).password !== null,
    ...(hasRight(db, personId, "see-card-numbers") ? { seesCardNumbers: true } : {}),
    badges: badgesOf(db, personId).map(({ sealed }) => endOf(openCard(keys, { personId, sealed }))),
  };
}

/** The last three characters, and never more than half of a short number. */
export function endOf(cardNumber: string): string {
  const shown = Math.min(3, Math.floor(cardNumber.length / 2));
  return `…${cardNumber.slice(cardNumber.length - shown)}`;
}
