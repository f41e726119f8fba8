import { hashSecret } from "../../storage/secret-hash.ts";
import { changePerson } from "../people/change-person.ts";
import { changeMore, moreAbout } from "../people/more-about.ts";
import { printCounts } from "../printers/print-counts.ts";
import { sharedAccountsFor } from "../shared-accounts/access.ts";
import { orFault } from "./method.ts";
import type { Property } from "./properties.ts";
import { RpcFault } from "./value.ts";

const PASSWORD_AT_MOST = 512;

/** Something that is always so here; setting it to what it is changes nothing, anything else is refused. */
const always = (value: string, because: string): Property => ({
  read: () => value,
  write(_context, _row, wanted) {
    if (sameValue(wanted, value)) return;
    throw new RpcFault(because);
  },
});

function sameValue(wanted: string, value: string): boolean {
  const plain = wanted.trim().toLowerCase();
  if (plain === value.toLowerCase()) return true;
  return plain !== "" && Number(plain) === Number(value);
}

const more = (name: "home" | "alias"): Property => ({
  read: ({ db }, { person_id: personId }) => moreAbout(db, personId)[name],
  write: ({ db }, { person_id: personId }, value) => {
    orFault(changeMore(db, personId, { [name]: value }));
  },
});

const count = (what: "jobs" | "sides"): Property => ({
  read: ({ db }, { person_id: personId }) => String(printCounts(db, { personId })[what]),
});

const held = "Whether a job waits for its owner is set at its queue here, for everybody.";

/** Properties beyond those of `properties.ts`: kept for scripts, counted, or the same for everybody. */
export const moreProperties: ReadonlyMap<string, Property> = new Map<string, Property>([
  ["home", more("home")],
  ["username-alias", more("alias")],
  ["print-stats.job-count", count("jobs")],
  ["print-stats.page-count", count("sides")],
  [
    "password",
    {
      read: () => {
        throw new RpcFault("A password is kept as a hash only and cannot be read back.");
      },
      async write({ db }, row, value) {
        if (value.length > PASSWORD_AT_MOST)
          throw new RpcFault(`A password has ${PASSWORD_AT_MOST} characters at most.`);
        const hash = value === "" ? null : await hashSecret(value);
        changePerson(db, row.person_id, { what: "password", value: hash });
      },
    },
  ],
  ["disabled-net", always("false", "This server lets nobody into the internet, nor out of it.")],
  ["net-stats.data-mb", always("0.00", "This server counts no use of the internet.")],
  ["net-stats.time-hours", always("0.00", "This server counts no use of the internet.")],
  ["unauthenticated", always("false", "Everybody here is known by a badge or a secret.")],
  ["dont-hold-jobs-in-release-station", always("false", held)],
  ["auto-release-jobs", always("false", held)],
  [
    "dont-apply-printer-filter-rules",
    always("false", "What a device cannot do is refused for everybody here."),
  ],
  ["dont-archive", always("true", "This server keeps no archive of documents.")],
  [
    "printer-cost-adjustment-rate-percent",
    always("100.00", "Prices are the same for everybody here."),
  ],
  ["account-selection.mode", { read: () => "AUTO_CHARGE_TO_PERSONAL_ACCOUNT" }],
  ["account-selection.can-charge-personal", { read: () => "true" }],
  [
    "account-selection.can-charge-shared-from-list",
    {
      read: ({ db, now }, { person_id: personId }) =>
        String(sharedAccountsFor(db, { personId, now: now(), limit: 1, offset: 0 }).length > 0),
    },
  ],
  ["account-selection.can-charge-shared-by-pin", { read: () => "false" }],
  ["auto-shared-account", { read: () => "" }],
  ["other-emails", { read: () => "" }],
]);
