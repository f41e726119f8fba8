import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Configuration } from "../../command/configuration/schema.ts";

const published = new URL("../../docs/configuration.schema.json", import.meta.url);

test("the published schema of the configuration is the one that is checked", () => {
  const text = `${JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", ...Configuration }, null, 2)}\n`;
  // `GUICHET_WRITE=1 npm test -- test/house` writes it anew after a change.
  if (process.env.GUICHET_WRITE) writeFileSync(published, text);
  expect(readFileSync(published, "utf8")).toBe(text);
});
