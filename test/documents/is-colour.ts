import { analysePdf } from "../../print-provider/analysis/analyse-pdf.ts";
import { startBudget } from "../../print-provider/analysis/budget.ts";
import { memorySource } from "../../print-provider/analysis/byte-source.ts";
import { makePdf, type PdfPageSpec } from "./make-pdf.ts";
import type { PdfBody } from "./write-pdf.ts";

/** Whether the analysis takes a document of this one page for colour. For tests. */
export async function isColour(page: PdfPageSpec & { extras?: PdfBody[] }): Promise<boolean> {
  const { extras = [], ...rest } = page;
  const pdf = makePdf({ pages: [rest], extras });
  const limits = { operationsMax: 5_000_000, bytesMax: 200_000_000, durationMsMax: 20_000 };
  const budget = startBudget(limits, () => performance.now());
  const result = await analysePdf({ source: memorySource(pdf), budget });
  if (result.kind === "refused") throw new Error(result.reason);
  return result.pages[0]?.colour ?? false;
}
