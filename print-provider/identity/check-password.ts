import { createHmac } from "node:crypto";
import type { PasswordQuestion, PasswordReply } from "../../protocol/provider-people.ts";
import { forgetOldest } from "../../storage/forget-oldest.ts";
import type { Database } from "../../storage/open-database.ts";
import type { SecretChecker } from "../../storage/secret-checker.ts";
import { beginTry, forgetTries, takeBackTry } from "../../storage/wrong-tries.ts";
import { ownerKey } from "../jobs/owner-name.ts";
import type { PasswordVerdict } from "./decide-identity.ts";
import { findKnown, forgetPassword, rememberPassword } from "./known-people.ts";

export type CheckPassword = (asked: PasswordQuestion) => Promise<PasswordVerdict>;

/** How long a password that was right is right again without a question. */
const rememberedMs = 5 * 60_000;
const rememberedMost = 10_000;
/** Questions at a time: of all clients, and of one address, so that no machine takes all places. */
const askedMost = 64;
const askedOfOneMost = 8;

/**
 * Makes the check of names and passwords. The server is asked once; what was right is remembered in
 * memory by a keyed hash, under a key that is never written down. For when the server is away the
 * argon2id of it is kept for `offlineMs`; wrong tries are counted then before they are checked, for
 * the person and the address. `ask` throws while the server is away.
 */
export function createPasswordCheck(parts: {
  db: Database;
  ask: (question: PasswordQuestion) => Promise<PasswordReply>;
  secrets: SecretChecker;
  /** A key that nobody else has, for the memory. */
  key: Uint8Array;
  /** Milliseconds since 1970, and ones that never go back. */
  now: () => number;
  monotonic: () => number;
  offlineMs: number;
}): CheckPassword {
  const { db, ask, secrets, key, now, monotonic, offlineMs } = parts;
  const right = new Map<string, { login: string; until: number }>();
  const asking = new Map<string, Promise<PasswordVerdict>>();
  const byAddress = new Map<string, number>();
  const keyOf = ({ login, password }: PasswordQuestion): string =>
    createHmac("sha256", key)
      .update(`${ownerKey(login)}\n${password}`)
      .digest("base64");

  const remember = (question: PasswordQuestion, login: string): void => {
    right.set(keyOf(question), { login, until: monotonic() + rememberedMs });
    forgetOldest(right, rememberedMost);
  };
  const answer = async (question: PasswordQuestion): Promise<PasswordVerdict> => {
    const reply = await ask(question).catch(() => undefined);
    if (reply === undefined) return await whileAway(question);
    if (reply.kind === "right") {
      await keep(question, reply.login);
      remember(question, reply.login);
    } else if (reply.kind === "wrong" || reply.kind === "refused") await unlearn(question, reply);
    return reply;
  };
  const keep = async ({ password }: PasswordQuestion, login: string): Promise<void> => {
    if (offlineMs === 0) return;
    const before = findKnown(db, login)?.secret ?? null;
    const isSame = before !== null && secrets.knows(password, before);
    const secret = isSame ? before : await secrets.hash(password, "urgent");
    rememberPassword(db, { login, secret }, now());
  };
  /** What the server takes no longer is not taken here while it is away. */
  const unlearn = async (
    { login, password }: PasswordQuestion,
    reply: PasswordReply,
  ): Promise<void> => {
    const stored = findKnown(db, login)?.secret ?? null;
    if (stored === null) return;
    if (reply.kind === "refused") {
      const passing = reply.reason === "busy" || reply.reason === "directory-unreachable";
      if (!passing) forgetPassword(db, login);
    } else if ((await secrets.check(password, stored)) === true) forgetPassword(db, login);
  };
  const whileAway = async (question: PasswordQuestion): Promise<PasswordVerdict> => {
    const { login, password, address } = question;
    const known = findKnown(db, login);
    const age = now() - (known?.secret_at ?? 0);
    if (known?.secret == null || age < 0 || age > offlineMs) return { kind: "away" };
    const tried = { subject: `password ${ownerKey(login)}`, place: address };
    const turn = beginTry(db, tried, now());
    if (turn.kind === "slow-down") return turn;
    const verdict = await secrets.check(password, known.secret);
    if (verdict === "busy") {
      takeBackTry(db, tried);
      return { kind: "refused", reason: "busy" };
    }
    if (!verdict) return { kind: "wrong" };
    forgetTries(db, tried);
    remember(question, known.login);
    return { kind: "right", login: known.login };
  };

  return (question) => {
    const id = keyOf(question);
    const known = right.get(id);
    if (known !== undefined && known.until >= monotonic())
      return Promise.resolve({ kind: "right", login: known.login });
    right.delete(id);
    // A client opens several connections at once: they wait for the same answer.
    const same = `${id} ${question.address}`;
    const open = asking.get(same);
    if (open !== undefined) return open;
    const ofOne = byAddress.get(question.address) ?? 0;
    if (asking.size >= askedMost || ofOne >= askedOfOneMost)
      return Promise.resolve({ kind: "refused", reason: "busy" });
    byAddress.set(question.address, ofOne + 1);
    const verdict = answer(question).finally(() => {
      asking.delete(same);
      const left = (byAddress.get(question.address) ?? 1) - 1;
      if (left === 0) byAddress.delete(question.address);
      else byAddress.set(question.address, left);
    });
    asking.set(same, verdict);
    return verdict;
  };
}
