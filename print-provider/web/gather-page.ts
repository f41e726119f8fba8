import { TLSSocket } from "node:tls";
import type { FastifyReply, FastifyRequest } from "fastify";
import { isPrivate } from "../../link/is-private.ts";
import { impressionsOf } from "../../pricing/impressions.ts";
import type { Queue } from "../../protocol/site.ts";
import { plainAddress } from "../intake/trusted-networks.ts";
import type { Job } from "../jobs/job.ts";
import { listJobs } from "../jobs/list-jobs.ts";
import { ownerKey } from "../jobs/owner-name.ts";
import type { Ports } from "../printer/reached.ts";
import type { ProviderContext } from "../provider-context.ts";
import { abilitiesOf } from "../ticket/queue-abilities.ts";
import { shownCode } from "../unclaimed/job-code.ts";
import { takesUnclaimed } from "../unclaimed/takes-unclaimed.ts";
import { unclaimedFrom } from "../unclaimed/unclaimed-jobs.ts";
import type { PageShown, Problem } from "./page.ts";
import type { WebSession } from "./web-sessions.ts";
import { type Language, languageOf } from "./words.ts";

export interface Gathering {
  readonly ports: () => Ports;
  /** Whether one person's computer is behind an address. */
  readonly isOnesOwn: (address: string) => boolean;
}

const shownMost = { waiting: 50, ended: 20 } as const;

/** What the page of a queue shows to whoever asks for it. */
export function gatherPage(
  context: ProviderContext,
  { ports, isOnesOwn }: Gathering,
  asked: {
    readonly request: FastifyRequest<{ Querystring: { lang?: string; done?: string } }>;
    readonly queue: Queue;
    readonly session: WebSession | undefined;
    readonly problem?: Problem;
    readonly name?: string;
  },
): PageShown {
  const { request, queue, session } = asked;
  const { raw, headers, query } = request;
  const language = languageOf(query.lang, headers["accept-language"]);
  const sender = plainAddress(raw.socket.remoteAddress ?? "");
  const jobs = session === undefined ? [] : jobsOf(context, queue, session);
  const done = jobs.find(({ id }) => id === query.done);
  const problem =
    asked.problem ??
    (done?.state === "refused"
      ? ({ kind: "refused", because: done.because ?? "analysis-failed" } as const)
      : undefined);
  const { kind, name, info } = queue;
  return {
    language,
    organisation: context.site().organisation,
    queue: { name, info: info === "" ? name : info, kind },
    address: addressOf(request, queue, ports()),
    ...(problem === undefined ? {} : { problem }),
    visitor:
      session === undefined
        ? isPrivate(raw)
          ? { kind: "may-sign-in", ...(asked.name === undefined ? {} : { name: asked.name }) }
          : { kind: "may-not-sign-in" }
        : {
            kind: "signed-in",
            login: session.login,
            formToken: session.formToken,
            sides: abilitiesOf(context.site(), name).sides,
            mostMegabytes: Math.floor(context.limits.documentBytesMost / 1024 ** 2),
            jobs,
            ...(done === undefined ? {} : { done: done.id }),
          },
    unclaimed:
      takesUnclaimed(queue) && isOnesOwn(sender)
        ? unclaimedFrom(context.db, { sender, queue: name }).map((job) => ({
            code: shownCode(context.codeOf(job.id)),
            sentAt: timeOf(job.submittedAt, language),
            pages: job.particulars === undefined ? undefined : impressionsOf(job.particulars),
          }))
        : [],
  };
}

/** A person's jobs that wait, and those that could not be taken; newest first. */
function jobsOf({ db }: ProviderContext, queue: Queue, { login }: WebSession): Job[] {
  const asked = { queue: queue.name, ownerKey: ownerKey(login) };
  const waiting = listJobs(db, { ...asked, which: "not-completed", most: shownMost.waiting });
  const ended = listJobs(db, { ...asked, which: "completed", most: shownMost.ended });
  return [...waiting, ...ended.filter(({ state }) => state === "refused")].sort(
    (a, b) => b.number - a.number,
  );
}

function addressOf({ raw, headers }: FastifyRequest, { name }: Queue, ports: Ports): string {
  const isTls = raw.socket instanceof TLSSocket;
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  const { plain, tls } = ports;
  return isTls && tls !== undefined
    ? `ipps://${host}:${tls}/printers/${name}`
    : `ipp://${host}:${plain}/printers/${name}`;
}

function timeOf(at: number, language: Language): string {
  const locale = language === "en" ? "en-GB" : "fr-FR";
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** For programs, and whoever came by a name that is not this provider's. */
export function textWithoutPage(
  reply: FastifyReply,
  isQueue: boolean,
  status = isQueue ? 200 : 404,
): FastifyReply {
  return reply
    .code(status)
    .type("text/plain; charset=utf-8")
    .send(
      isQueue
        ? "This is the address of a print queue. Add it as an IPP printer on your computer.\n"
        : "There is no such queue on this print server.\n",
    );
}
