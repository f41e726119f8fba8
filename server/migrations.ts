import type { Migration } from "../storage/migrate.ts";
import { addressesSchema } from "./addresses/schema.ts";
import { auditSchema } from "./audit/schema.ts";
import { devicesSchema } from "./devices/schema.ts";
import { enrolmentSchema } from "./enrolment/schema.ts";
import { groupsSchema } from "./groups/schema.ts";
import { endedJobsSchema } from "./jobs/ended-jobs.ts";
import { jobsSchema } from "./jobs/schema.ts";
import { ledgerSchema } from "./ledger/schema.ts";
import { personMoreSchema } from "./people/more-schema.ts";
import { preferencesSchema } from "./people/preferences.ts";
import { rightsSchema } from "./people/rights.ts";
import { peopleSchema } from "./people/schema.ts";
import { signInSchema } from "./people/sign-in-schema.ts";
import { printersSchema } from "./printers/schema.ts";
import { readerKeysSchema } from "./readers/reader-keys.ts";
import { restoredSchema } from "./restored/schema.ts";
import { retentionSchema } from "./retention/erase-people.ts";
import { screenCodesSchema } from "./screens/screen-codes.ts";
import { settingsSchema } from "./settings/settings.ts";
import { shadowSchema } from "./shadow/schema.ts";
import { sharedAccountsSchema } from "./shared-accounts/schema.ts";
import { deviceAbilitiesSchema } from "./site/device-abilities.ts";
import { siteSchema } from "./site/schema.ts";
import { vouchersSchema } from "./vouchers/schema.ts";

/** The server's schema, step by step. Steps are only ever added at the end. */
export const serverMigrations: readonly Migration[] = [
  peopleSchema,
  ledgerSchema,
  siteSchema,
  jobsSchema,
  enrolmentSchema,
  devicesSchema,
  deviceAbilitiesSchema,
  restoredSchema,
  auditSchema,
  retentionSchema,
  signInSchema,
  screenCodesSchema,
  preferencesSchema,
  endedJobsSchema,
  settingsSchema,
  groupsSchema,
  sharedAccountsSchema,
  printersSchema,
  personMoreSchema,
  vouchersSchema,
  shadowSchema,
  addressesSchema,
  rightsSchema,
  readerKeysSchema,
];
