import { expect, test } from "vitest";
import { commands, helpOf } from "./commands.ts";

const usageOf = async (name: string): Promise<string[]> => {
  const command = commands[name];
  if (command === undefined) throw new Error(`There is no command ${name}.`);
  return (await helpOf(command)).split("\n\n", 1)[0]?.split("\n") ?? [];
};

test("the help of a command has a line for each way to call it, with its options whole", async () => {
  expect(await usageOf("backup")).toEqual([
    "usage: guichet backup <file or folder> [--passphrase-file <file> | --to <public key>]",
  ]);
  expect(await usageOf("user")).toEqual([
    expect.stringContaining("usage: guichet user add|show|"),
    "or:    guichet user import <file.csv>",
  ]);
});
