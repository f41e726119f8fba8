import { Configuration } from "./schema.ts";

/** One thing that is wrong: where it stands in the file, and what to say about it. */
export type Complaint = { keys: string[]; says: string };

/** What the schema library reports of one failed rule. */
export type SchemaError = {
  keyword: string;
  schemaPath: string;
  instancePath: string;
  params: object;
  message: string;
};

const UNKNOWN_KEY = "additionalProperties";

/**
 * The one complaint, of all that a schema check reports, that a person can act on: the deepest, since
 * an alternative that does not fit complains about everything around it, too. A key that only
 * another alternative knows is no complaint of its own.
 */
export function complaintOf(errors: readonly SchemaError[]): Complaint | undefined {
  return errors
    .filter(({ keyword }) => keyword !== "boolean")
    .toSorted((a, b) => Number(a.keyword === UNKNOWN_KEY) - Number(b.keyword === UNKNOWN_KEY))
    .map(complaint)
    .toSorted((a, b) => b.keys.length - a.keys.length)[0];
}

function complaint({ keyword, schemaPath, instancePath, params, message }: SchemaError): Complaint {
  const keys = instancePath.split("/").slice(1).map(unescapePointer);
  const { additionalProperties, requiredProperties } = params as Record<
    string,
    string[] | undefined
  >;
  if (keyword === UNKNOWN_KEY && additionalProperties?.[0] !== undefined)
    return {
      keys: [...keys, additionalProperties[0]],
      says: "is not a key that Guichet knows here. docs/configuration.md lists them",
    };
  if (keyword === "required" && requiredProperties?.[0] !== undefined)
    return { keys, says: `needs the key "${requiredProperties[0]}"` };
  const wanted = descriptionAt(schemaPath);
  if (wanted !== undefined) return { keys, says: `is not as expected. ${wanted}` };
  return { keys, says: message };
}

/** The description that stands nearest above a place in the schema. */
function descriptionAt(schemaPath: string): string | undefined {
  let node: unknown = Configuration;
  let found: string | undefined;
  // A pattern of names may itself hold a slash's worth of characters, but none of ours does.
  for (const part of schemaPath.split("/").slice(1)) {
    if (typeof node !== "object" || node === null) break;
    const { description } = node as { description?: unknown };
    if (typeof description === "string") found = description;
    node = (node as Record<string, unknown>)[unescapePointer(part)];
  }
  const { description } = (node ?? {}) as { description?: unknown };
  return typeof description === "string" ? description : found;
}

const unescapePointer = (part: string) => part.replaceAll("~1", "/").replaceAll("~0", "~");
