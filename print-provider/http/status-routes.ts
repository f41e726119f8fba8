import type { FastifyInstance } from "fastify";
import { sendRefusal } from "../../link/routes.ts";
import { countJobsByState } from "../jobs/find-jobs.ts";
import { renderMetrics } from "../metrics.ts";
import { printerIcon } from "../printer/printer-icon.ts";
import type { ProviderContext } from "../provider-context.ts";

export interface ServerContact {
  /** Milliseconds since the server last answered; undefined when it never did. */
  readonly sinceMs: () => number | undefined;
  /** How many changes of jobs it has not acknowledged. */
  readonly notTold: () => number;
}

/** GET /healthz and /metrics, for those who watch over it. Neither names a person or a title. */
export function registerStatusRoutes(
  app: FastifyInstance,
  context: ProviderContext,
  { server, analysing }: { server: ServerContact; analysing: () => number },
): void {
  const { db, metrics, uploads } = context;
  app.get("/healthz", () => {
    const full = context.notAccepting() !== undefined;
    const sinceMs = server.sinceMs();
    return {
      status: full ? "degraded" : "ok",
      provider: context.id,
      queues: context.site().queues.length,
      accepting: !full,
      serverHeardSecondsAgo: sinceMs === undefined ? null : Math.round(sinceMs / 1000),
      changesNotTold: server.notTold(),
    };
  });

  app.get("/metrics", (_request, reply) => {
    const sinceMs = server.sinceMs();
    const byState = countJobsByState(db).map(({ state, count }): [string, number] => [
      `{state="${state}"}`,
      count,
    ]);
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(
      renderMetrics(metrics, [
        { name: "guichet_provider_jobs", help: "Jobs by state.", values: byState },
        {
          name: "guichet_provider_uploads",
          help: "Documents that are coming in.",
          values: [["", uploads.count()]],
        },
        {
          name: "guichet_provider_analyses_waiting",
          help: "Documents that are being counted or wait for it.",
          values: [["", analysing()]],
        },
        {
          name: "guichet_provider_changes_not_told",
          help: "Changes of jobs that the server has not acknowledged.",
          values: [["", server.notTold()]],
        },
        {
          name: "guichet_provider_server_heard_seconds",
          help: "Seconds since the server last answered.",
          values: sinceMs === undefined ? [] : [["", sinceMs / 1000]],
        },
      ]),
    );
  });

  const icons = new Map<string, Buffer>();
  app.get<{ Params: { file: string } }>("/icons/:file", (request, reply) => {
    const { file } = request.params;
    const size = Number(/^printer-(\d{1,4})\.png$/.exec(file)?.[1]);
    const icon = icons.get(file) ?? printerIcon(size);
    if (icon === undefined) return sendRefusal(reply, "not-found", "Nothing is here.");
    icons.set(file, icon);
    return reply.type("image/png").header("cache-control", "max-age=86400").send(icon);
  });
}
