import type { AnyStateMachine, AnyStateNode } from "xstate";
import { nodesOf, transitionsFrom } from "./walked.ts";

/** Draws a machine as a Mermaid state diagram, from the machine itself. */
export function chartOf(machine: AnyStateMachine): string {
  const arrows = nodesOf(machine.root).flatMap((node) =>
    transitionsFrom(node).map((transition) => {
      const to = transition.target?.[0] ?? node;
      const guard = transition.guard === undefined ? "" : ` [${String(transition.guard)}]`;
      const actions = transition.actions.map((action) => nameOf(action)).join(", ");
      const event = eventName(transition.eventType);
      const label = `${event}${guard}${actions === "" ? "" : ` / ${actions}`}`;
      return `  ${idOf(node)} --> ${idOf(to)}: ${label.replaceAll(":", " ")}`;
    }),
  );
  return ["stateDiagram-v2", ...boxes(machine.root, 1), ...arrows].join("\n");
}

function boxes(node: AnyStateNode, depth: number): string[] {
  const pad = "  ".repeat(depth);
  const own = `${pad}state "${node.key}" as ${idOf(node)}`;
  const children = Object.values(node.states);
  if (children.length === 0) return [own];
  const inside = children.flatMap((child, index) => [
    ...(node.type === "parallel" && index > 0 ? [`${pad}  --`] : []),
    ...boxes(child, depth + 1),
  ]);
  const first = node.type === "compound" ? node.initial.target[0] : undefined;
  const start = first === undefined ? [] : [`${pad}  [*] --> ${idOf(first)}`];
  return [`${own} {`, ...start, ...inside, `${pad}}`];
}

function idOf(node: AnyStateNode): string {
  return node.id.replaceAll(/[^A-Za-z0-9]/g, "_");
}

function eventName(type: string): string {
  if (type === "") return "always";
  const after = /^xstate\.after\.([^.]+)\./.exec(type);
  if (after?.[1] !== undefined) return `after ${after[1]}`;
  const failed = /^xstate\.error\.actor\.(.+)$/.exec(type);
  return failed?.[1] === undefined ? type : `${failed[1]} fails`;
}

function nameOf(action: unknown): string {
  if (typeof action === "string") return action;
  return typeof action === "object" && action !== null && "type" in action ? `${action.type}` : "…";
}
