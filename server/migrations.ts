import type { Migration } from "../storage/migrate.ts";
import { devicesSchema } from "./devices/schema.ts";
import { enrolmentSchema } from "./enrolment/schema.ts";
import { jobsSchema } from "./jobs/schema.ts";
import { ledgerSchema } from "./ledger/schema.ts";
import { peopleSchema } from "./people/schema.ts";
import { deviceAbilitiesSchema } from "./site/device-abilities.ts";
import { siteSchema } from "./site/schema.ts";

/** The server's schema, step by step. Steps are only ever added at the end. */
export const serverMigrations: readonly Migration[] = [
  peopleSchema,
  ledgerSchema,
  siteSchema,
  jobsSchema,
  enrolmentSchema,
  devicesSchema,
  deviceAbilitiesSchema,
];
