import type { Context } from "./context.ts";

/** One command of `guichet`: what it takes, what it does in a line, and its exit code. */
export type Command = {
  /** Each way to call it. */
  usage: readonly [string, ...string[]];
  does: string;
  /** What `--help` says beside that, where one line is too little. */
  more?: () => Promise<string>;
  /** Builds and runs it; loads its own code, so that one command does not pay for the others. */
  run: (context: Context, args: string[], env: NodeJS.ProcessEnv) => Promise<number>;
};

const role = (name: "server" | "provider" | "bridge", does: string): Command => ({
  usage: [name === "server" ? name : `${name} [--enrol <code>]`],
  does,
  run: async (context, args) => {
    const { parseArgs } = await import("node:util");
    const { values } = parseArgs({ args, options: { enrol: { type: "string" } } });
    return (await import("./run-role.ts")).runRole(name, context, values.enrol);
  },
});

export const commands: Record<string, Command> = {
  start: {
    usage: ["start"],
    does: "run a whole site on this machine",
    run: async (context, _args, env) => (await import("./start.ts")).start(context, env),
  },
  server: role("server", "run the server alone"),
  provider: role("provider", "run a print provider alone"),
  bridge: role("bridge", "run a bridge alone, beside its devices"),
  simulator: {
    usage: ["simulator [--habits <name>,…]"],
    does: "run the virtual MFP alone, with the habits of a real one",
    run: async (context, args) => {
      const { withHabits } = await import("./simulator-habits.ts");
      return (await import("./run-role.ts")).runRole(
        "simulator",
        withHabits(context, args),
        undefined,
      );
    },
  },
  user: {
    usage: [
      "user add|show|change|credit|badge|address|pin|password|link-code|export <login> …",
      "user import <file.csv>",
    ],
    does: "people: make and change them, their credit, badges, PINs and passwords; take lists over",
    run: async (context, args) => (await import("./user.ts")).user(context, args),
  },
  vouchers: {
    usage: ["vouchers <how many> <amount> [--until <day>]"],
    does: "make codes that are worth an amount, once each",
    run: async (context, args) => (await import("./vouchers.ts")).vouchers(context, args),
  },
  uncertain: {
    usage: ["uncertain [<release> printed|not-printed [--sides <n>]]"],
    does: "releases of which nobody knows what came out: look at them, and decide",
    run: async (context, args) => (await import("./uncertain.ts")).uncertain(context, args),
  },
  review: {
    usage: ["review [<release>]"],
    does: "settlements at which a device's counters disagreed: look at them, take one off the list",
    run: async (context, args) => (await import("./review.ts")).review(context, args),
  },
  probe: {
    usage: ["probe <device or ipp address> [--yes] [--look]"],
    does: "grade a device by printing on it; the answer becomes its profile",
    run: async (context, args) => (await import("./probe.ts")).probe(context, args),
  },
  device: {
    usage: ["device [repin <device> | password <device> --user <name> | forget <device>]"],
    does: "what is known of devices; trust a new key, tell a password, forget it all",
    run: async (context, args) => (await import("./device.ts")).device(context, args),
  },
  "reader-key": {
    usage: ["reader-key [<terminal>/<number> --make|--type|--install|--forget]"],
    does: "keys of OSDP readers; --install gives one to a reader that is as it was delivered",
    run: async (context, args) => (await import("./reader-key.ts")).readerKey(context, args),
  },
  doctor: {
    usage: ["doctor [<device>]"],
    does: "is the site well, and can anybody print past the kiosk?",
    run: async (context, args) => (await import("./doctor.ts")).doctor(context, args),
  },
  books: {
    usage: ["books"],
    does: "let the ledger check itself",
    run: async (context) => (await import("./books.ts")).books(context),
  },
  shadow: {
    usage: ["shadow [--days <n>]"],
    does: "what the devices' own meters say beside what releases account for, day by day",
    run: async (context, args) => (await import("./shadow.ts")).shadow(context, args),
  },
  audit: {
    usage: ["audit [--about <login>] [--last <n>]"],
    does: "who read or changed what about whom, and whether the record holds together",
    run: async (context, args) => (await import("./audit.ts")).audit(context, args),
  },
  token: {
    usage: ["token [--health]"],
    does: "show the token of the web services (XML-RPC), or the key of the health pages",
    run: async (context, args) => (await import("./token.ts")).token(context, args),
  },
  backup: {
    usage: ["backup <file or folder> [--passphrase-file <file> | --to <public key>]"],
    does: "copy all that must last, keys included, into one locked file, while everything runs",
    run: async (context, args, env) =>
      (await import("./backup/backup.ts")).backup(context, args, env),
  },
  restore: {
    usage: ["restore <backup> [--only <role>] [--passphrase-file <file> | --key <private key>]"],
    does: "put a backup back into an empty data folder",
    run: async (context, args, env) =>
      (await import("./backup/restore.ts")).restore(context, args, env),
  },
  enrol: {
    usage: ["enrol bridge|provider <name>"],
    does: "make a one-time code by which a bridge or provider joins",
    run: async (context, args) => (await import("./enrol.ts")).enrol(context, args),
  },
  screen: {
    usage: ["screen <terminal>"],
    does: "make a one-time code by which a screen becomes the terminal's",
    run: async (context, args) => (await import("./screen.ts")).screen(context, args),
  },
  print: {
    usage: ["print <file> [--user <login>] [--queue <name>] [--copies <n>] [--two-sided] [--grey]"],
    does: "send a document to a queue over IPP",
    run: async (context, args) => (await import("./print.ts")).print(context, args),
  },
  readers: {
    usage: [
      "readers [--once] [--whole <login>]",
      "readers solve [<pairs.csv>] [--whole <login>] [--terminal <id>]",
    ],
    does: "readers and every tap, step by step; find the rule that makes card numbers of what they say",
    more: async () => (await import("./readers/readers-help.ts")).readersHelp,
    run: async (context, args) => (await import("./readers/readers.ts")).readers(context, args),
  },
  tap: {
    usage: [
      "tap <card number> [--reader <terminal>/<number>] [--as <kind>] [--bits <n>] [--stay <seconds>]",
    ],
    does: "tap a virtual badge at a virtual reader of any kind, plugged in where the bridge has one",
    more: async () => (await import("./tap/tap.ts")).tapHelp,
    run: async (context, args) => (await import("./tap/tap.ts")).tap(context, args),
  },
};

/** How a command is called, a line for each way. */
export function usageOf({ usage }: Command): string {
  return usage
    .map((one, index) => `${index === 0 ? "usage:" : "or:   "} guichet ${one}`)
    .join("\n");
}

/** The text of `guichet <command> --help`. */
export async function helpOf(command: Command): Promise<string> {
  const { does, more } = command;
  const parts = [usageOf(command), does, ...(more === undefined ? [] : [await more()])];
  return parts.join("\n\n");
}

/** The text of `guichet help`. */
export function help(): string {
  const width = 14;
  return [
    "guichet <command>",
    "",
    ...Object.values(commands).flatMap(({ usage, does }) => [
      `  ${usage.join(" | ")}`,
      `${" ".repeat(width)}${does}`,
    ]),
    "",
    "guichet <command> --help says more of one of them.",
    "GUICHET_CONFIG names the configuration file, GUICHET_DATA the folder of all that must last.",
  ].join("\n");
}
