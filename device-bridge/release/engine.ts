import type { DeviceProfile } from "../../protocol/device-profile.ts";
import type { PriceRule } from "../../protocol/site.ts";
import type { Journal } from "../journal/journal.ts";
import { decide } from "./decide-release.ts";
import { holdsDevice, type Release } from "./release.ts";
import type { ReleaseDecision, ReleaseEffect } from "./release-effect.ts";
import type { ReleaseEvent } from "./release-event.ts";
import { stepOf } from "./release-step.ts";

/** A log as pino has it. */
export interface StepLog {
  info(fields: Record<string, unknown>, message: string): void;
}

export interface EngineOptions {
  readonly journal: Journal;
  /**
   * Carries out an effect, after the commit that asked for it, and answers it with one event to
   * `apply`. A simulated executor stands here in the seed runner.
   */
  readonly execute: (releaseId: string, effect: ReleaseEffect) => void;
  /** The prices of a device now. */
  readonly prices: (device: string) => { readonly version: number; readonly rule: PriceRule };
  /** What a probe found of a device. */
  readonly profile?: (device: string) => DeviceProfile | undefined;
  /** Whether a device has no colour: all that is asked of it is printed, and paid, in grey. */
  readonly isGreyOnly?: (device: string) => boolean;
  /** Whether somebody else has the device for a while: no release begins there until `resume`. */
  readonly isTaken?: (device: string) => boolean;
  /** Wall clock, milliseconds; only this machine's own readings are compared. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: StepLog;
  /** A release changed, and was committed. `facts`: how many the outbox has more. */
  readonly onChange?: (release: Release, facts: number) => void;
}

export interface Engine {
  /** Stores what a person asked for, once for each id, and begins. Returns after the commit. */
  intend(intentId: string, releases: readonly Release[]): void;
  /** An event in the life of a release. For one that is not open it means nothing. */
  apply(releaseId: string, event: ReleaseEvent): void;
  /** Goes on after a start with whatever the journal holds. To be called once, first. */
  recover(): void;
  /** Goes on with a release that was stored past this engine: one that the journal had forgotten. */
  adopt(release: Release): void;
  /** An open release, or one that closed lately. */
  find(releaseId: string): Release | undefined;
  /** Every release that is not closed, oldest first. */
  open(): Release[];
  /** The device is free again. */
  resume(device: string): void;
}

/** A press that waited this long for the process to come back is not printed to an empty room. */
const lateAfterRestartMs = 2 * 60_000;
/** So long may a release wait for those before it at the same device. */
const lateInLineMs = 15 * 60_000;
const closedKept = 1_000;

/**
 * Leads every release along the road: load, decide, commit, and only then act. One release at a time
 * for each device, the others wait in the order in which they were asked for.
 */
export function createEngine(options: EngineOptions): Engine {
  const { journal, execute, prices, now, random, log, onChange } = options;
  const { profile = () => undefined, isTaken = () => false, isGreyOnly = () => false } = options;
  const open = new Map<string, Release>();
  const closed = new Map<string, Release>();
  const inbox: { readonly releaseId: string; readonly event: ReleaseEvent }[] = [];
  let working = false;

  /** One event after the other, also when an effect is answered while it is being asked for. */
  function take(releaseId: string, event: ReleaseEvent): void {
    inbox.push({ releaseId, event });
    if (working) return;
    working = true;
    try {
      for (let next = inbox.shift(); next !== undefined; next = inbox.shift()) step(next);
    } finally {
      working = false;
    }
  }

  function step({ releaseId, event }: (typeof inbox)[number]): void {
    const before = open.get(releaseId);
    if (before === undefined) return;
    const { phase, device } = before;
    const context = { prices: prices(device), profile: profile(device), jitter: random() };
    const { release: after, facts, effects } = decide(before, event, context);
    if (after !== before) {
      journal.storeStep({ before, after, facts });
      open.set(releaseId, after);
      logStep(before, after);
      onChange?.(after, facts.length);
    }
    for (const effect of effects) execute(releaseId, effect);
    if (after.phase.kind === "closed") keepClosed(after);
    // One that was too late for its turn never held the device, and those behind it wait all the same.
    const hadItsTurn = holdsDevice(phase) || event.kind === "start";
    if (hadItsTurn && !holdsDevice(after.phase)) startNext(device);
  }

  function logStep(before: Release, after: Release): void {
    const step = stepOf(before.phase, after.phase);
    if (step === undefined) return;
    const { releaseId, jobId, device } = after;
    log.info({ event: "release-step", ...step, releaseId, jobId, device }, step.what);
  }

  function keepClosed(release: Release): void {
    open.delete(release.releaseId);
    closed.set(release.releaseId, release);
    for (const id of closed.keys()) {
      if (closed.size <= closedKept) break;
      closed.delete(id);
    }
  }

  /**
   * What follows for those of an intent whose turn it is at once: committed with the intent itself,
   * since somebody stands there and waits for that flush of the disk.
   */
  function beginFirst(releases: readonly Release[]): Map<Release, ReleaseDecision> {
    const taken = new Set<string>();
    for (const { device, phase } of open.values())
      if (phase.kind === "waiting" || holdsDevice(phase)) taken.add(device);
    const begun = new Map<Release, ReleaseDecision>();
    for (const release of releases) {
      const { device, askedAt } = release;
      if (taken.has(device) || isTaken(device) || now() - askedAt > lateInLineMs) continue;
      taken.add(device);
      const context = { prices: prices(device), profile: profile(device), jitter: random() };
      begun.set(release, decide(release, { kind: "start", late: false }, context));
    }
    return begun;
  }

  /** Begins the oldest release that waits for this device, if nothing else is under way there. */
  function startNext(device: string): void {
    if (isTaken(device)) return;
    let first: Release | undefined;
    for (const release of open.values()) {
      if (release.device !== device) continue;
      if (holdsDevice(release.phase)) return;
      if (release.phase.kind === "waiting") first ??= release;
    }
    if (first !== undefined)
      take(first.releaseId, { kind: "start", late: now() - first.askedAt > lateInLineMs });
  }

  return {
    intend(intentId, asked) {
      if (journal.knowsIntent(intentId)) return;
      const releases = asked.map((one) => (isGreyOnly(one.device) ? inGrey(one) : one));
      const begun = beginFirst(releases);
      const stored = releases.map((release) => begun.get(release)?.release ?? release);
      journal.storeIntent(intentId, stored);
      releases.forEach((release, index) => {
        const after = stored[index] ?? release;
        const { releaseId, jobId, device } = release;
        open.set(releaseId, after);
        const what = "asked for";
        log.info({ event: "release-step", step: 1, what, releaseId, jobId, device }, what);
        logStep(release, after);
        onChange?.(after, 0);
      });
      for (const [{ releaseId }, { effects }] of begun)
        for (const effect of effects) execute(releaseId, effect);
      for (const device of new Set(releases.map((release) => release.device))) startNext(device);
    },

    apply: take,

    recover() {
      for (const release of journal.openReleases()) open.set(release.releaseId, release);
      const begun = [...open.values()].filter(({ phase }) => phase.kind !== "waiting");
      for (const { releaseId, askedAt } of begun)
        take(releaseId, { kind: "started-again", late: now() - askedAt > lateAfterRestartMs });
      for (const device of new Set([...open.values()].map((release) => release.device)))
        startNext(device);
    },

    adopt(release) {
      open.set(release.releaseId, release);
      take(release.releaseId, { kind: "started-again", late: true });
      onChange?.(release, 1);
    },

    find: (releaseId) => open.get(releaseId) ?? closed.get(releaseId),
    open: () => [...open.values()],
    resume: startNext,
  };
}

function inGrey(release: Release): Release {
  return { ...release, settings: { ...release.settings, colourMode: "grey" } };
}
