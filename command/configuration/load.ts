import { readFileSync } from "node:fs";
import { Compile } from "typebox/compile";
import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument } from "yaml";
import { complaintOf } from "./complaint.ts";
import { Configuration } from "./schema.ts";

/** A configuration that cannot be used; its message is one sentence that names the place. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

const validator = Compile(Configuration);

/**
 * Reads and checks a configuration file. Throws `ConfigurationError` with the file, the line and the
 * key that is wrong. No file name gives an empty configuration, which is a whole site on loopback.
 */
export function loadConfiguration(path: string | undefined): Configuration {
  if (path === undefined) return {};
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === "ENOENT"
        ? "there is no such file"
        : (error as Error).message;
    throw new ConfigurationError(`The configuration file ${path} cannot be read: ${why}.`);
  }
  return parseConfiguration(text, path);
}

/** The same for a text; `path` is only named in complaints. */
export function parseConfiguration(text: string, path: string): Configuration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken) {
    const { line } = lines.linePos(broken.pos[0]);
    throw new ConfigurationError(
      `${path}, line ${line}: this is not valid YAML (${broken.message.split("\n")[0]})`,
    );
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
  if (validator.Check(value)) return value;
  const complaint = complaintOf(validator.Errors(value)) ?? {
    keys: [],
    says: "is not a configuration of Guichet",
  };
  const { line } = lines.linePos(offsetOf(document, complaint.keys));
  throw new ConfigurationError(
    `${path}, line ${line}: "${complaint.keys.join(".") || "the file"}" ${complaint.says}.`,
  );
}

/** Where the innermost of these nested keys stands in the text, or the deepest of them that is there. */
function offsetOf(document: Document, keys: string[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isNode(item.key) && String(item.key.toJSON()) === key);
      if (!pair) break;
      if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0];
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(key)];
      if (!isNode(item)) break;
      if (item.range) offset = item.range[0];
      node = item;
    } else break;
  }
  return offset;
}
