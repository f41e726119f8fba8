import { createInterface } from "node:readline";
import { UserError } from "./folders.ts";

/**
 * A secret from whoever runs the command: typed twice (`once`: it is not a new one) without being shown,
 * or one line of what is piped in. Never an argument, which everybody on the machine could read.
 */
export async function askSecret(
  what: string,
  { once = false }: { readonly once?: boolean } = {},
): Promise<string> {
  const { stdin } = process;
  if (!stdin.isTTY) return await firstLine();
  const first = await typed(`${what}: `);
  if (once) return first;
  if ((await typed(`${what} once more: `)) !== first)
    throw new UserError("The two are not the same. Nothing was changed.");
  return first;
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  throw new UserError("Nothing was typed or piped in.");
}

function typed(prompt: string): Promise<string> {
  const { stdin, stdout } = process;
  stdout.write(prompt);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.resume();
  return new Promise((resolve, reject) => {
    let secret = "";
    const done = (end: () => void) => {
      stdin.off("data", heard);
      stdin.setRawMode(false);
      stdin.pause();
      stdout.write("\n");
      end();
    };
    const heard = (text: string) => {
      for (const character of text) {
        if (character === "\r" || character === "\n") return done(() => resolve(secret));
        if (character === "\u0003" || character === "\u0004")
          return done(() => reject(new UserError("Given up. Nothing was changed.")));
        if (character === "\u007f" || character === "\b") secret = secret.slice(0, -1);
        else secret += character;
      }
    };
    stdin.on("data", heard);
  });
}
