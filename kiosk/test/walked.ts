import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from "xstate";

/** What is read of a transition: the machine's own and the browser's have the same. */
type Transition = Pick<AnyTransitionDefinition, "eventType" | "guard"> & {
  source: { id: string };
  target?: ReadonlyArray<{ id: string }> | undefined;
};

/**
 * One transition in words: `from --event [guard]--> to`. It is also run inside the page, so it must
 * stand on its own.
 */
export function inWords(transition: Transition): string {
  const guard = transition.guard === undefined ? "" : ` [${String(transition.guard)}]`;
  const to = transition.target?.map((node) => node.id).join(", ") ?? "itself";
  return `${transition.source.id} --${transition.eventType || "always"}${guard}--> ${to}`;
}

/** Every transition that the machine has. */
export function transitionsOf(machine: AnyStateMachine): string[] {
  return nodesOf(machine.root).flatMap((node) => transitionsFrom(node).map(inWords));
}

/** The machine's state nodes, parents first. */
export function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(nodesOf)];
}

/** The transitions of one node: of events, of time, of failures and eventless. */
export function transitionsFrom(node: AnyStateNode): AnyTransitionDefinition[] {
  return [...[...node.transitions.values()].flat(), ...(node.always ?? [])];
}
