import { parseArgs } from "node:util";
import { type HabitName, habitNames, isHabitName } from "../simulator/printer/habits.ts";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";

/** The habits of these names. Throws `UserError` that lists them all for one that there is not. */
export function habitsNamed(names: readonly string[]): HabitName[] {
  return names.map((name) => {
    if (isHabitName(name)) return name;
    throw new UserError(`The simulator has no habit "${name}". It has: ${habitNames.join(", ")}.`);
  });
}

/** The context with the habits that `--habits a,b` names, in place of the configured ones. */
export function withHabits(context: Context, args: string[]): Context {
  const { values } = parseArgs({ args, options: { habits: { type: "string" } } });
  const { simulator } = context.settings;
  if (values.habits === undefined || simulator === undefined) return context;
  const habits = habitsNamed(values.habits.split(",").filter((name) => name !== ""));
  return { ...context, settings: { ...context.settings, simulator: { ...simulator, habits } } };
}
