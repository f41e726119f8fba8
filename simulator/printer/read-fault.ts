import Value from "typebox/value";
import {
  type Fault,
  type FaultName,
  faultCatalogue,
  faultNames,
  isFaultName,
} from "./fault-catalogue.ts";

export type ReadFault =
  | { readonly kind: "fault"; readonly fault: Fault }
  | { readonly kind: "unknown"; readonly sentence: string }
  | { readonly kind: "refused"; readonly sentence: string };

/**
 * Reads a fault from its name and the settings someone sent (any JSON value; undefined for none).
 * What was left out takes the catalogue's default; what does not fit is refused in a sentence.
 */
export function readFault(name: string, given: unknown): ReadFault {
  if (!isFaultName(name)) {
    return {
      kind: "unknown",
      sentence: `There is no fault "${name.slice(0, 40)}". The faults are: ${faultNames.join(", ")}.`,
    };
  }
  const schema = faultCatalogue[name].settings;
  const settings = Value.Default(schema, given ?? {});
  const problems = Value.Errors(schema, settings);
  // A setting that does not exist is told first: it is why another is missing.
  const problem = problems.find(({ keyword }) => keyword === "additionalProperties") ?? problems[0];
  if (problem === undefined) return { kind: "fault", fault: checkedFault(name, settings) };
  const known = Object.keys(schema.properties).join(", ");
  const sentence =
    problem.keyword === "additionalProperties"
      ? `The fault "${name}" has ${known === "" ? "no settings" : `only the settings ${known}`}.`
      : `The fault "${name}": ${problem.instancePath.slice(1) || "what was sent"} ${problem.message}.`;
  return { kind: "refused", sentence };
}

function checkedFault(name: FaultName, settings: unknown): Fault {
  // The schema of this very name has accepted the settings; TypeScript cannot follow it by name.
  return { name, settings } as Fault;
}
