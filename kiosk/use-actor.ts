import { useLayoutEffect, useState } from "preact/hooks";
import type { AnyActorRef, SnapshotFrom } from "xstate";

/**
 * The newest snapshot of an actor; renders again with each. Give the component a key that changes with
 * the actor. A failed actor is silent here: its owner builds it anew.
 */
export function useActor<A extends AnyActorRef>(actor: A): SnapshotFrom<A> {
  const [snapshot, setSnapshot] = useState<SnapshotFrom<A>>(() => actor.getSnapshot());
  useLayoutEffect(() => {
    setSnapshot(actor.getSnapshot());
    const subscription = actor.subscribe({ next: setSnapshot, error: () => undefined });
    return () => subscription.unsubscribe();
  }, [actor]);
  return snapshot;
}
