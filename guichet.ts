import process from "node:process";
import { commands, help, helpOf, usageOf } from "./command/commands.ts";
import { ConfigurationError } from "./command/configuration/load.ts";
import { contextFrom } from "./command/context.ts";
import { UserError } from "./command/folders.ts";
import { WrongCall } from "./command/wrong-call.ts";

// The command, and the only place where the environment is read and the process is ended. What a
// person did wrong is one sentence and exit code 2; our own mistake is a stack and exit code 1.

const [name = "help", ...args] = process.argv.slice(2);

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UserError || error instanceof ConfigurationError || isUsage(error)) {
    console.error(error.message);
    process.exit(2);
  }
  console.error(error);
  process.exit(1);
}
process.exit();

async function main(): Promise<number> {
  if (name === "help" || name === "--help" || name === "-h") {
    console.log(help());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UserError(`"${name}" is not a command of Guichet.\n\n${help()}`);
  if (args.some((one) => one === "--help" || one === "-h")) {
    console.log(await helpOf(command));
    return 0;
  }
  try {
    return await command.run(contextFrom(process.env), args, process.env);
  } catch (error) {
    throw error instanceof WrongCall ? new UserError(usageOf(command)) : error;
  }
}

/** `parseArgs` throws with these codes for options that a command does not know. */
function isUsage(error: unknown): error is Error {
  return (
    error instanceof Error &&
    String((error as NodeJS.ErrnoException).code).startsWith("ERR_PARSE_ARGS")
  );
}
