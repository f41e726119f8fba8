import type { KeyObject } from "node:crypto";
import { createLink, type Link } from "../link/client.ts";
import type { Credential } from "../protocol/credential.ts";
import type { ProviderSite } from "../protocol/provider-server.ts";
import { readRevisions } from "./database/provider-row.ts";
import type { ServerContact } from "./http/status-routes.ts";
import type { ProviderContext } from "./provider-context.ts";
import { backoff } from "./server-link/backoff.ts";
import { followAddresses } from "./server-link/follow-addresses.ts";
import { followSite } from "./server-link/follow-site.ts";
import { pushJobs } from "./server-link/push-jobs.ts";

const timeoutMs = 15_000;

export interface ServerTalk extends ServerContact {
  readonly link: Link;
  /** Ends the talk; resolves when nothing of it touches the database any more. */
  readonly close: () => Promise<void>;
}

/** Tells the server of jobs and hears from it what to serve, for as long as the provider runs. */
export function talkToServer(
  context: ProviderContext,
  options: {
    serverUrl: string;
    identity: { credential: Credential; privateKey: KeyObject; serverPublicKey: string };
    onSite: (site: ProviderSite) => void;
    random: () => number;
  },
): ServerTalk {
  const { db, changes, log, metrics, monotonic } = context;
  const { serverUrl, identity, onSite, random } = options;
  const ended = new AbortController();
  const { signal } = ended;
  const { credential, privateKey, serverPublicKey } = identity;
  const link = createLink({
    baseUrl: serverUrl,
    audience: "server",
    credential,
    privateKey,
    peerKey: serverPublicKey,
    timeoutMs,
  });
  let heardAt: number | undefined;
  let serverHas = readRevisions(db).serverHas;

  const trying = {
    intervals: () => backoff({ firstMs: 500, mostMs: 30_000, random }),
    signal,
    onReached: () => {
      heardAt = monotonic();
    },
    onFailure: (error: unknown) => {
      metrics.add("guichet_provider_server_failures_total");
      log.warn({ event: "server-failed", err: error }, "the server could not be asked");
    },
  };
  const talks = [
    pushJobs({
      db,
      link,
      changes,
      onServerHas: (revision) => {
        serverHas = revision;
      },
      ...trying,
    }),
    followAddresses({ db, link, ...trying }),
    followSite({ link, current: context.site, onSite, ...trying }),
  ];
  return {
    link,
    notTold: () => Math.max(0, readRevisions(db).newest - serverHas),
    sinceMs: () => (heardAt === undefined ? undefined : monotonic() - heardAt),
    close: async () => {
      ended.abort();
      link.close();
      await Promise.all(talks);
    },
  };
}
