import type { FastifyInstance } from "fastify";
import type { ServerParts } from "../server-parts.ts";
import { registerAdminAddressRoutes } from "./admin-address-routes.ts";
import { registerAdminAuditRoutes } from "./admin-audit-routes.ts";
import { registerAdminBadgeRoutes } from "./admin-badge-routes.ts";
import { registerAdminBooksRoutes } from "./admin-books-routes.ts";
import { registerAdminCardRulesRoutes } from "./admin-card-rules-routes.ts";
import { registerAdminEnrolmentRoutes } from "./admin-enrolment-routes.ts";
import { registerAdminImportRoutes } from "./admin-import-routes.ts";
import { registerAdminPeopleRoutes } from "./admin-people-routes.ts";
import { registerAdminScreenRoutes } from "./admin-screen-routes.ts";
import { registerAdminVoucherRoutes } from "./admin-voucher-routes.ts";
import { registerEaseRoutes } from "./ease-routes.ts";

/** All that the commands of an administrator ask, each with the token; see `protocol/admin.ts`. */
export function registerAdminRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { token: string },
): void {
  registerAdminAddressRoutes(app, parts, options);
  registerAdminAuditRoutes(app, parts, options);
  registerAdminBadgeRoutes(app, parts, options);
  registerAdminBooksRoutes(app, parts, options);
  registerAdminCardRulesRoutes(app, parts, options);
  registerAdminEnrolmentRoutes(app, parts, options);
  registerAdminImportRoutes(app, parts, options);
  registerAdminPeopleRoutes(app, parts, options);
  registerAdminScreenRoutes(app, parts, options);
  registerAdminVoucherRoutes(app, parts, options);
  registerEaseRoutes(app, parts, options);
}
