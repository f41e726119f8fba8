import { type PdfBody, type WritePdfOptions, writePdf } from "./write-pdf.ts";

export interface PdfPageSpec {
  /** The page's content stream. */
  content: string;
  /** The inside of its resources' dictionary; object numbers from `firstExtra` on are the extras. */
  resources?: string;
  /** More entries of the page: /MediaBox, /Rotate, /Annots … */
  entries?: string;
}

export interface MakePdfOptions extends Omit<WritePdfOptions, "objects"> {
  pages: readonly PdfPageSpec[];
  /** Objects that pages refer to; the first one is number {@link firstExtra}. */
  extras?: readonly PdfBody[];
  /** What /Count of the root says, true or not. */
  count?: number;
  /** Kids in a node: smaller makes the tree deeper. */
  kidsPerNode?: number;
  /** Deflate the contents, as most programs do. */
  deflate?: boolean;
}

/** Object 1 is the catalog, 2 the root of the pages, 3 a font; extras come next, then the pages. */
export const firstExtra = 4;
const rootNumber = 2;

/** Makes a PDF of these pages (A4 unless they say otherwise). */
export function makePdf(options: MakePdfOptions): Buffer {
  const { pages, extras = [], count, kidsPerNode = 50, deflate = false, ...writing } = options;
  const objects: PdfBody[] = [
    { text: `<< /Type /Catalog /Pages ${rootNumber} 0 R >>` },
    { text: "" },
    { text: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>" },
    ...extras,
  ];
  const add = (body: PdfBody): number => objects.push(body);
  const leaves: Node[] = pages.map((page) => {
    const content = add({ text: "", stream: Buffer.from(page.content, "latin1"), deflate });
    const number = add({ text: "" });
    const write = (parent: number): void => {
      objects[number - 1] = {
        text: `<< /Type /Page /Parent ${parent} 0 R /Contents ${content} 0 R /Resources << /Font << /F1 3 0 R >> ${page.resources ?? ""} >> ${page.entries ?? ""} >>`,
      };
    };
    return { number, pages: 1, write };
  });

  let nodes = leaves;
  while (nodes.length > kidsPerNode) nodes = gather({ nodes, kidsPerNode, objects });
  for (const node of nodes) node.write(rootNumber);
  objects[rootNumber - 1] = {
    text: `<< /Type /Pages /MediaBox [0 0 595 842] /Count ${count ?? pages.length} /Kids [${kids(nodes)}] >>`,
  };
  return writePdf({ objects, ...writing });
}

/** A plain text document as an office would print it: `colourEvery` 10 makes pages 10, 20, … coloured. */
export function makeTextPdf(
  options: { pages: number; colourEvery?: number } & Omit<MakePdfOptions, "pages">,
): Buffer {
  const { pages, colourEvery = 0, ...rest } = options;
  return makePdf({
    ...rest,
    pages: Array.from({ length: pages }, (_, index) => {
      const coloured = colourEvery > 0 && (index + 1) % colourEvery === 0;
      const ink = coloured ? "0.8 0.1 0.1 rg" : index % 3 === 0 ? "0.5 0.5 0.5 rg" : "0 g";
      return {
        content: `BT /F1 24 Tf 72 720 Td ${ink} (Page ${index + 1}) Tj ET\n0 g 72 700 200 2 re f`,
      };
    }),
  });
}

interface Node {
  number: number;
  pages: number;
  write(parent: number): void;
}

function gather(options: {
  nodes: readonly Node[];
  kidsPerNode: number;
  objects: PdfBody[];
}): Node[] {
  const { nodes, kidsPerNode, objects } = options;
  const above: Node[] = [];
  for (let from = 0; from < nodes.length; from += kidsPerNode) {
    const below = nodes.slice(from, from + kidsPerNode);
    const number = objects.push({ text: "" });
    const pages = below.reduce((sum, node) => sum + node.pages, 0);
    for (const node of below) node.write(number);
    const write = (parent: number): void => {
      objects[number - 1] = {
        text: `<< /Type /Pages /Parent ${parent} 0 R /Count ${pages} /Kids [${kids(below)}] >>`,
      };
    };
    above.push({ number, pages, write });
  }
  return above;
}

function kids(nodes: readonly Node[]): string {
  return nodes.map(({ number }) => `${number} 0 R`).join(" ");
}
