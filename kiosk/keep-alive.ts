/** The part of an actor that is watched. */
type Living<Snapshot> = {
  start: () => unknown;
  stop: () => unknown;
  getSnapshot: () => Snapshot;
  subscribe: (observer: { error: (error: unknown) => void }) => unknown;
};

export type Kept<Actor> = {
  actor: Actor;
  /** Grows with each actor that is built. */
  generation: number;
};

/** So many failures within a minute, and building anew is no help: the page is loaded again. */
const mostFailures = 3;
const withinMs = 60_000;

/**
 * Keeps an actor alive: builds and starts it, and when it fails builds the next one, which is given the
 * last snapshot of the failed one. Where that happens again and again, the page is loaded again.
 * `failed` is for failures that are seen elsewhere, such as in drawing.
 */
export function keepAlive<Snapshot, Actor extends Living<Snapshot>>(options: {
  build: (last: Snapshot | undefined) => Actor;
  show: (kept: Kept<Actor>) => void;
  now: () => number;
  reload: () => void;
}): { failed: (error: unknown) => void } {
  let kept: Kept<Actor> | undefined;
  let failures: number[] = [];

  const live = (last: Snapshot | undefined) => {
    const actor = options.build(last);
    const next = { actor, generation: (kept?.generation ?? 0) + 1 };
    kept = next;
    actor.subscribe({ error: (error) => replace(next, error) });
    actor.start();
    if (kept === next) options.show(next);
  };
  const replace = (which: Kept<Actor> | undefined, error: unknown) => {
    if (which === undefined || which !== kept) return;
    console.error(error);
    const now = options.now();
    failures = [...failures.filter((at) => now - at < withinMs), now];
    which.actor.stop();
    if (failures.length > mostFailures) options.reload();
    else live(which.actor.getSnapshot());
  };

  live(undefined);
  return { failed: (error) => replace(kept, error) };
}
