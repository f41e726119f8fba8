import type { Case } from "./judge.ts";
import type { Records } from "./records.ts";
import { bridgeOf, type Town } from "./town.ts";

/** Whoever was told that a press is stored has one release for each document, and no more. */
export function judgePresses(town: Town, cases: readonly Case[]): string[] {
  const stored = town.presses.filter(({ intentId, device }) =>
    bridgeOf(town, device).intents().has(intentId),
  );
  const lost = town.presses.filter((press) => press.wasAccepted && !stored.includes(press));
  const wanted = stored.reduce((sum, { jobs }) => sum + jobs, 0);
  return [
    ...lost.map(({ intentId }) => `The press ${intentId.slice(0, 8)} was accepted, and lost.`),
    ...(wanted === cases.length
      ? []
      : [`${wanted} documents were pressed for, and there are ${cases.length} releases.`]),
  ];
}

/** The ledger as a whole: sound, nothing left open, and nobody poorer than by what they printed. */
export function judgeBooks(
  { server, bridges, scene }: Town,
  { charges, balances, suspense }: Records,
  cases: readonly Case[],
): string[] {
  const faults: string[] = [];
  const books = server.books();
  if (books.sum !== 0) faults.push(`The ledger sums to ${books.sum}.`);
  faults.push(...books.faults);
  if (books.openReservations > 0)
    faults.push(`${books.openReservations} reservations were left open.`);
  if (server.troubles() > 0)
    faults.push(`${server.troubles()} facts of journals contradict the ledger.`);
  if (suspense !== 0) faults.push(`${suspense} was charged to nobody.`);
  for (const [name, bridge] of bridges)
    if (bridge.waitingFacts() > 0)
      faults.push(`${bridge.waitingFacts()} facts of ${name} never reached the server.`);
  const known = new Set(cases.map(({ release }) => release.releaseId));
  for (const [releaseId, charged] of charges)
    if (!known.has(releaseId))
      faults.push(`${charged} was charged for ${releaseId.slice(0, 8)}, which nobody asked for.`);
  for (const person of scene.people) {
    const theirs = cases.filter(({ job }) => job.owner === person);
    const spent = theirs.reduce((sum, { charged }) => sum + charged, 0);
    const balance = balances.get(person.account);
    if (balance !== person.credit - spent)
      faults.push(`${person.login} has ${balance}, of ${person.credit} and ${spent} spent.`);
    // What was uncertain had been given back, and may have been spent before it was decided.
    const decided = theirs.reduce(
      (sum, one) => sum + (one.uncertain === undefined ? 0 : one.charged),
      0,
    );
    if (person.restricted && person.credit - spent + decided < 0)
      faults.push(`${person.login} is restricted, and owes ${spent - person.credit}.`);
  }
  return faults;
}
