import type { IppAttribute, IppMessage } from "../message.ts";
import { groupOf } from "../read.ts";
import { isSuccessful, statusName } from "../status.ts";
import { groupTag } from "../tags.ts";
import { textOf } from "./device-values.ts";

/** What became of an operation that the device understood. A refusal is an answer, not an error. */
export type Outcome<T> = Accepted<T> | Refusal;

export interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
  /** The IPP status, 0x0000 to 0x00ff. */
  readonly status: number;
  /** What the device ignored or substituted, RFC 8011 §4.1.7. */
  readonly unsupported: readonly IppAttribute[];
}

export interface Refusal {
  readonly ok: false;
  /** The IPP status, see `status.ts`. */
  readonly status: number;
  /** What the device says about it, or else the registered name of the status. */
  readonly message: string;
  readonly unsupported: readonly IppAttribute[];
}

/** Tells done from refused by the status of the answer, RFC 8011 §B.1. */
export function judge(answer: IppMessage): Outcome<IppMessage> {
  const unsupported = groupOf(answer, groupTag.unsupported)?.attributes ?? [];
  const { code } = answer;
  if (isSuccessful(code)) return { ok: true, value: answer, status: code, unsupported };
  const said = textOf(groupOf(answer, groupTag.operation), "status-message");
  return { ok: false, status: code, message: said ?? statusName(code), unsupported };
}

/** The same outcome with another value, where there is one. */
export function mapOutcome<T, U>(outcome: Outcome<T>, map: (value: T) => U): Outcome<U> {
  return outcome.ok ? { ...outcome, value: map(outcome.value) } : outcome;
}
