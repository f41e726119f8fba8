import type { FastifyInstance } from "fastify";
import { statement } from "../../storage/statement.ts";
import { countTroubles } from "../ledger/apply-journal.ts";
import type { Gauge } from "../metrics/metrics.ts";
import { countPeople } from "../people/person.ts";
import { perDatabase } from "../per-database.ts";
import type { ServerParts } from "../server-parts.ts";
import { type AddressGuard, fromAddresses } from "./address-guard.ts";

const statements = perDatabase((db) => ({
  standing: statement<
    Record<never, never>,
    { balances: number; reservations: number; uncertain: number; jobs: number }
  >(
    db,
    `SELECT
       (SELECT coalesce(sum(balance), 0) FROM account) AS balances,
       (SELECT count(*) FROM reservation WHERE state = 'pending') AS reservations,
       (SELECT count(*) FROM uncertain WHERE closed_at IS NULL) AS uncertain,
       (SELECT count(*) FROM job) AS jobs`,
  ),
}));

/** Whether the server lives and is well, and its figures. Nothing personal; the figures by address only. */
export function registerHealthRoutes(
  app: FastifyInstance,
  parts: ServerParts,
  options: { metricsAddresses: readonly string[] },
): void {
  const { metrics } = parts;
  const onlyAllowed: AddressGuard = fromAddresses(options.metricsAddresses);

  app.get("/healthz", (_request, reply) => reply.type("text/plain").send("ok\n"));

  app.get("/metrics", { preHandler: onlyAllowed }, (_request, reply) =>
    reply.type("text/plain; version=0.0.4").send(metrics.text(gaugesOf(parts))),
  );
}

function gaugesOf({ db, bell }: ServerParts): Gauge[] {
  const standing = statements(db).standing.get({});
  if (standing === undefined) throw new Error("SQLite gave no row for a sum.");
  const gauge = (name: string, help: string, value: number): Gauge => ({
    name: `guichet_${name}`,
    help,
    value,
  });
  return [
    gauge("books_sum", "Sum of all balances: always 0.", standing.balances),
    gauge(
      "reservations_open",
      "Reservations that are neither settled nor void.",
      standing.reservations,
    ),
    gauge("uncertain_open", "Uncertain releases that wait for a person.", standing.uncertain),
    gauge("journal_troubles", "Facts of journals that moved no money.", countTroubles(db)),
    gauge("people", "People who may tap a badge.", countPeople(db)),
    gauge("jobs_listed", "Jobs on the cached list.", standing.jobs),
    gauge("long_polls", "Bridges and providers that wait for news.", bell.waiting()),
    gauge("resident_bytes", "Memory of the process.", process.memoryUsage.rss()),
  ];
}
