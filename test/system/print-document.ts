import { attribute, integer, keyword } from "../../ipp/build.ts";
import { createIppClient } from "../../ipp/client/client.ts";
import { documentOf } from "../../ipp/client/document.ts";
import { printJob } from "../../ipp/client/submit.ts";
import type { TestSite } from "./test-site.ts";

export type Sent = { number: number; uuid: string };

/** Prints a PDF to a queue over IPP as a person; gives the job's number and UUID at the provider. */
export async function printDocument(
  site: TestSite,
  options: {
    user: string;
    pdf: Uint8Array;
    queue?: string;
    copies?: number;
    twoSided?: boolean;
    grey?: boolean;
    title?: string;
  },
): Promise<Sent> {
  const { user, pdf, queue = "find-me", copies = 1, title = "a document" } = options;
  const client = createIppClient({
    uri: `ipp://127.0.0.1:${site.ports.provider}/printers/${queue}`,
    userName: user,
  });
  try {
    const outcome = await printJob(client, {
      jobName: title,
      documentFormat: "application/pdf",
      document: documentOf(pdf),
      template: [
        ...(copies > 1 ? [attribute("copies", integer(copies))] : []),
        ...(options.twoSided ? [attribute("sides", keyword("two-sided-long-edge"))] : []),
        ...(options.grey ? [attribute("print-color-mode", keyword("monochrome"))] : []),
      ],
    });
    if (!outcome.ok) throw new Error(`The queue refused the job: ${outcome.message}`);
    return {
      number: outcome.value.jobId,
      uuid: String(outcome.value.jobUuid).replace("urn:uuid:", ""),
    };
  } finally {
    client.close();
  }
}
