import type { SessionView } from "../../protocol/kiosk.ts";
import { sharedPayer } from "../sessions/payers.ts";
import { isGivenUp, logOutAt, type Session, timeFactorOf, warnAt } from "../sessions/session.ts";
import { documentView } from "./document-view.ts";
import { isForTerminal, missingView } from "./missing-view.ts";
import { releaseView } from "./release-view.ts";
import type { TerminalFacts } from "./terminal-view.ts";

/** What a person sees of the own session. */
export function sessionView(facts: TerminalFacts, session: Session): SessionView {
  const { site, now, terminal } = facts;
  const { person, jobs } = session;
  const own = person.accounts.find(({ unit }) => unit === "money");
  const { sharedAccounts: shared = [] } = person;
  const paid = sharedPayer(session, session.payer);
  const contrast = session.wants?.contrast ?? person.contrast;
  const { deletion, notDeleted } = session;
  const missing = missingView(session, { site, terminal });
  // What can only be printed elsewhere is told to whoever looks for it.
  const shown = jobs.filter(
    ({ job }) => !isGivenUp(session, job.jobId) && isForTerminal(site, terminal, job.queue),
  );
  const language = session.language ?? person.language;
  return {
    sessionId: session.sessionId,
    displayName: person.displayName,
    ...(language === undefined ? {} : { language }),
    // A receipt and a balance that do not know of each other would not be believed.
    balance: (own?.balance ?? 0) - notInBalance(session),
    available: paid?.available ?? own?.available ?? 0,
    restricted: paid?.restricted ?? person.restricted,
    ...(shared.length === 0
      ? {}
      : {
          paying: {
            shared: shared.map(({ account, name, available }) => ({ account, name, available })),
            ...(paid === undefined ? {} : { chosen: paid.account }),
          },
        }),
    time: timeFactorOf(session),
    ...(contrast === undefined ? {} : { contrast }),
    ...(deletion === undefined
      ? {}
      : {
          deletion: {
            count: deletion.jobIds.length,
            undoInMs: Math.max(0, Math.round(deletion.until - now)),
          },
        }),
    ...(notDeleted === undefined ? {} : { notDeleted }),
    ...(missing === undefined ? {} : { missing }),
    ...codeView(facts, session),
    documents: shown.flatMap(({ job }) =>
      documentView({
        job,
        release: facts.releaseOf(job.jobId),
        // A station with several devices shows the price of its first; each release has its own.
        prices: site.prices,
        devices: terminal.devices,
        abilities: facts.abilities,
      }),
    ),
    releases: session.releases.flatMap(({ releaseId, title }) => {
      const release = facts.release(releaseId);
      return release === undefined ? [] : [releaseView(release, title)];
    }),
    logOutInMs: Math.max(0, Math.round(logOutAt(session, site.policy) - now)),
    warning: now >= warnAt(session, site.policy),
  };
}

/** What became of the code that was typed last; nothing where no queue keeps jobs of nobody known. */
function codeView({ site, now }: TerminalFacts, { code }: Session): Pick<SessionView, "code"> {
  if (!site.queues.some(({ unclaimed }) => unclaimed === true)) return {};
  if (code === undefined) return { code: { state: "none", waitMs: 0 } };
  const waitMs = code.state === "slow-down" ? Math.max(0, Math.round(code.waitUntil - now)) : 0;
  const jobId = code.state === "taken" ? { jobId: code.jobId } : {};
  return { code: { state: code.state, waitMs, pressId: code.pressId, ...jobId } };
}

/** What was charged since the server last told the balance. */
function notInBalance({ charges }: Session): number {
  return charges.reduce((sum, charge) => (charge.inBalance ? sum : sum + charge.charged), 0);
}
