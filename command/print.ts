import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { attribute, integer, keyword } from "../ipp/build.ts";
import { createIppClient } from "../ipp/client/client.ts";
import type { OutgoingDocument } from "../ipp/client/document.ts";
import { printJob } from "../ipp/client/submit.ts";
import type { Context } from "./context.ts";
import { UserError } from "./folders.ts";
import { WrongCall } from "./wrong-call.ts";

/**
 * `guichet print`: sends a document to one of the provider's queues, as any IPP client does (RFC 8011
 * §4.2.1), so that a site can be tried where no print dialog is at hand.
 */
export async function print(context: Context, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      user: { type: "string" },
      queue: { type: "string" },
      copies: { type: "string" },
      "two-sided": { type: "boolean" },
      grey: { type: "boolean" },
    },
  });
  const [path] = positionals;
  if (path === undefined) throw new WrongCall();
  const { settings } = context;
  const queue = values.queue ?? settings.site.queues[0]?.name ?? "find-me";
  const copies = Number(values.copies ?? 1);
  if (!Number.isInteger(copies) || copies < 1)
    throw new UserError(`"--copies ${values.copies}" is not a number of copies.`);

  const uri = `${settings.provider.url.replace(/^http/, "ipp")}/printers/${queue}`;
  const client = createIppClient({ uri, userName: values.user ?? "alice" });
  try {
    const outcome = await printJob(client, {
      jobName: basename(path),
      documentFormat: "application/pdf",
      document: fileAt(path),
      template: [
        ...(copies > 1 ? [attribute("copies", integer(copies))] : []),
        ...(values["two-sided"] ? [attribute("sides", keyword("two-sided-long-edge"))] : []),
        ...(values.grey ? [attribute("print-color-mode", keyword("monochrome"))] : []),
      ],
    });
    if (!outcome.ok)
      throw new UserError(`The queue "${queue}" does not take it: ${outcome.message}`);
    console.log(`Sent to "${queue}" as job ${outcome.value.jobId}. Tap your badge to release it.`);
    return 0;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${uri}: ${(error as Error).message}`);
  } finally {
    client.close();
  }
}

function fileAt(path: string): OutgoingDocument {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new UserError(`There is no file ${path}.`);
  return {
    length: stat.size,
    open: (stop) => createReadStream(path, { signal: stop, highWaterMark: 1 << 18 }),
  };
}
