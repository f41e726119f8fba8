import { isAbsolute } from "node:path";
import { ConfigurationError } from "./load.ts";
import type { Configuration } from "./schema.ts";

export type ConverterSettings = { from: string; to: string; command: string[] };

/** The bridge's converters. Throws `ConfigurationError` for a program that a search would find. */
export function convertersOf({ bridge }: Configuration): ConverterSettings[] {
  const converters = bridge?.converters ?? [];
  for (const { command } of converters)
    if (!isAbsolute(command[0] ?? ""))
      throw new ConfigurationError(
        `The converter "${command[0]}" must be named by its full path, such as /usr/bin/gs.`,
      );
  return converters;
}
