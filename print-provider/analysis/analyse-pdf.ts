import { type Budget, BudgetSpent } from "./budget.ts";
import type { ByteSource } from "./byte-source.ts";
import { startJudge } from "./colour/content-colour.ts";
import type { Judge, Picture } from "./colour/judge.ts";
import { judgePage } from "./colour/page-colour.ts";
import { pictureIsColour } from "./colour/picture-pixels.ts";
import { type DocumentAnalysis, type PageFacts, refused } from "./document-analysis.ts";
import { foreignLanguage } from "./foreign-language.ts";
import { PasswordNeeded } from "./pdf/encryption.ts";
import { type PdfPage, TooManyPages, walkPages } from "./pdf/page-tree.ts";
import { openPdfFile, type PdfFile } from "./pdf/pdf-file.ts";
import { PdfDamage } from "./pdf/pdf-object.ts";
import { readXref } from "./pdf/read-xref.ts";
import { scanObjects } from "./pdf/scan-objects.ts";

/**
 * Counts the pages of a PDF from its own page tree, and says which of them need coloured ink. What
 * cannot be counted for certain is refused in a sentence; what cannot be decided counts as colour.
 */
export async function analysePdf(options: {
  source: ByteSource;
  budget: Budget;
  pagesMax?: number;
}): Promise<DocumentAnalysis> {
  const { source, budget, pagesMax = 100_000 } = options;
  try {
    if (!beginsAsPdf(source)) return refused("unsupported");
    if (foreignLanguage(source, budget)) return refused("not-only-pdf");
    const { file, pages } = findPages({ source, budget, pagesMax });
    if (pages.length === 0) return refused("no-pages");
    return { kind: "counted", pages: await judgePages({ file, pages }) };
  } catch (error) {
    if (error instanceof PdfDamage) return refused("damaged");
    if (error instanceof PasswordNeeded) return refused("encrypted");
    if (error instanceof TooManyPages) return refused("too-many-pages");
    if (error instanceof BudgetSpent) return refused("too-complex");
    throw error;
  }
}

function beginsAsPdf(source: ByteSource): boolean {
  const head = Buffer.from(source.read(0, 1_024)).toString("latin1");
  return /^(\xef\xbb\xbf)?[\0\t\n\f\r ]*%PDF-/.test(head);
}

/** By the file's own index, as a printer reads it; by a scan of the whole file if that is broken. */
function findPages(options: { source: ByteSource; budget: Budget; pagesMax: number }): {
  file: PdfFile;
  pages: PdfPage[];
} {
  const { source, budget, pagesMax } = options;
  try {
    const file = openPdfFile({ source, budget, xref: readXref(source, budget) });
    return { file, pages: [...walkPages(file, pagesMax)] };
  } catch (error) {
    if (!(error instanceof PdfDamage)) throw error;
    const file = openPdfFile({ source, budget, xref: scanObjects(source, budget) });
    return { file, pages: [...walkPages(file, pagesMax)] };
  }
}

async function judgePages(options: { file: PdfFile; pages: PdfPage[] }): Promise<PageFacts[]> {
  const { file, pages } = options;
  const judge = startJudge(file);
  const lookedAt = new Map<number, boolean>();
  const facts: PageFacts[] = [];
  let spent = false;
  for (const page of pages) {
    let colour = true;
    try {
      if (!spent) colour = await pageIsColour({ judge, page, lookedAt });
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      // The pages are counted; those that there is no time for count as colour.
      spent = true;
    }
    facts.push({ colour, widthPt: page.widthPt, heightPt: page.heightPt });
  }
  return facts;
}

async function pageIsColour(options: {
  judge: Judge;
  page: PdfPage;
  lookedAt: Map<number, boolean>;
}): Promise<boolean> {
  const { judge, page, lookedAt } = options;
  const verdict = judgePage(judge, page);
  switch (verdict.kind) {
    case "grey":
      return false;
    case "colour":
      return true;
    case "pictures":
      for (const picture of verdict.pictures) {
        const { number } = picture.stream;
        const colour = lookedAt.get(number) ?? (await look(judge.file, picture));
        lookedAt.set(number, colour);
        if (colour) return true;
      }
      return false;
  }
}

async function look(file: PdfFile, picture: Picture): Promise<boolean> {
  try {
    return await pictureIsColour(file, picture);
  } catch (error) {
    if (error instanceof PdfDamage) return true;
    throw error;
  }
}
