import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { sheetsOf } from "../../pricing/impressions.ts";
import { startBudget } from "../../print-provider/analysis/budget.ts";
import { memorySource } from "../../print-provider/analysis/byte-source.ts";
import { countPages } from "../../print-provider/analysis/count-pages.ts";
import type { OddDocument } from "../documents/odd-document.ts";
import { oddJpegs, strangers } from "../documents/odd-jpegs.ts";
import { oddlyBuiltPdfs } from "../documents/odd-pdfs.ts";
import { oddRasters } from "../documents/odd-rasters.ts";
import { oddlyColouredPdfs } from "../documents/oddly-coloured-pdfs.ts";
import { ghostscript, renderedByPeers } from "../documents/rendered-by-peers.ts";

const documents = [
  ...oddlyBuiltPdfs,
  ...oddlyColouredPdfs,
  ...oddRasters,
  ...oddJpegs,
  ...strangers,
];
const table = fileURLToPath(new URL("../../docs/counted-documents.md", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "guichet-counted-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** "gcg" for a grey page, one in colour, a grey one; or "refused". */
async function ours({ bytes }: OddDocument): Promise<string> {
  const limits = { operationsMax: 400_000_000, bytesMax: 64 * 1024 ** 3, durationMsMax: 60_000 };
  const budget = startBudget(limits, () => performance.now());
  const result = await countPages({ source: memorySource(bytes), budget });
  if (result.kind === "refused" || result.copies !== undefined) return "refused";
  return result.pages.map(({ colour }) => (colour ? "c" : "g")).join("");
}

/** Whether less would be charged than came out: a page, or the colour of one. */
function isLow(counted: string, came: string): boolean {
  if (counted === "refused" || came === "nothing" || came === "refused") return false;
  return (
    counted.length < came.length ||
    [...came].some((colour, page) => colour === "c" && counted[page] === "g")
  );
}

const left = existsSync(ghostscript) ? undefined : "Ghostscript is not there";
if (left !== undefined) console.log(`Left out: odd documents against Ghostscript, since ${left}.`);

describe.runIf(left === undefined)("hostile and odd documents, counted and rendered", () => {
  test("are 60 at least, and none is counted low", { timeout: 600_000 }, async () => {
    const rows: Row[] = [];
    const waiting = documents.entries();
    const lane = async (): Promise<void> => {
      for (const [place, document] of waiting) {
        const path = join(folder, String(place));
        const [counted, rendered] = [await ours(document), await renderedByPeers(document, path)];
        rows[place] = { document, counted, rendered };
      }
    };
    await Promise.all([lane(), lane(), lane()]);
    if (process.env.GUICHET_WRITE === "1") writeFileSync(table, tableOf(rows));
    const low = rows.filter(
      ({ document, counted, rendered }) =>
        isLow(counted, rendered ?? "nothing") || isLow(counted, document.truth ?? "nothing"),
    );
    const wrong = rows.filter(
      ({ document: { truth }, counted }) => truth !== undefined && truth !== counted,
    );
    expect(low.map(inWords)).toEqual([]);
    expect(wrong.map(inWords)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(rows.filter(({ rendered }) => rendered !== undefined).length).toBeGreaterThanOrEqual(60);
  });
});

interface Row {
  document: OddDocument;
  counted: string;
  rendered: string | undefined;
}

function inWords({ document, counted, rendered }: Row): string {
  const { format, name, truth = "open" } = document;
  return `${format}, ${name}: counted ${counted}, rendered ${rendered ?? "by nobody"}, made as ${truth}`;
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ document, counted, rendered }) =>
    [
      document.format,
      document.name,
      ...cells(counted),
      ...cells(rendered),
      verdict(counted, rendered),
    ].join(" | "),
  );
  const head = [
    "format",
    "document",
    ...["pages", "sheets", "colour"].map((what) => `${what} counted`),
    ...["pages", "sheets", "colour"].map((what) => `${what} rendered`),
    "",
  ];
  return `# Hostile and odd documents, counted and rendered

Each is of our own making (\`test/documents/odd-*.ts\`). *Counted* is what Guichet charges, *rendered* is
what Ghostscript paints, by the chroma of its RGB rendering at 24 dots an inch; rasters are read for it by
\`rastertopdf\` of CUPS. Sheets are those of two-sided printing; *colour* is how many pages are in colour.
A page that may need coloured ink counts as colour, so *higher* is what may stand here, and *LOW* may not.

This page is written by \`GUICHET_WRITE=1 npx vitest run --project system test/system/counted-documents\`.

| ${head.join(" | ")} |
|${head.map(() => "---").join("|")}|
${lines.map((line) => `| ${line} |`).join("\n")}
`;
}

function cells(found: string | undefined): string[] {
  if (found === undefined) return ["–", "–", "–"];
  if (found === "refused" || found === "nothing") return [found, "", ""];
  const sheets = sheetsOf({
    pageRuns: [[found.length, "grey"]],
    copies: 1,
    sides: "two-sided-long-edge",
    colourMode: "grey",
  });
  return [found.length, sheets, found.replaceAll("g", "").length].map(String);
}

function verdict(counted: string, rendered: string | undefined): string {
  if (rendered === undefined || counted === rendered) return "";
  if (counted === "refused") return rendered === "nothing" ? "" : "refused";
  return isLow(counted, rendered) ? "LOW" : "higher";
}
