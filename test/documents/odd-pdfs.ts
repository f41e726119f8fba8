import { makePdf, makeTextPdf, type PdfPageSpec } from "./make-pdf.ts";
import type { OddDocument } from "./odd-document.ts";
import { updatePdf } from "./write-pdf.ts";

const grey = "0 g 72 700 200 40 re f";
const red = "0.8 0.1 0.1 rg 72 700 200 40 re f";
const page = (content: string, entries?: string): PdfPageSpec => ({
  content,
  ...(entries === undefined ? {} : { entries }),
});
const pdf = (name: string, bytes: Buffer, truth?: string): OddDocument => ({
  name,
  format: "PDF",
  bytes,
  ...(truth === undefined ? {} : { truth }),
});
const five = [grey, red, grey, grey, red].map((content) => page(content));

/** PDFs whose structure is odd: what there is to count is the question. */
export const oddlyBuiltPdfs: readonly OddDocument[] = [
  pdf("plain text, three pages", makeTextPdf({ pages: 3 }), "ggg"),
  pdf("two hundred pages", makeTextPdf({ pages: 200, colourEvery: 10, deflate: true })),
  ...[0, 1, 9, -5].map((count) =>
    pdf(`five pages, and /Count says ${count}`, makePdf({ pages: five, count }), "gcggc"),
  ),
  pdf("a page tree nine deep", makePdf({ pages: [...five, ...five], kidsPerNode: 2 })),
  pdf("a cross-reference stream", makePdf({ pages: five, xref: "stream" }), "gcggc"),
  pdf("objects packed in streams", makePdf({ pages: five, objectStreamOf: 4 }), "gcggc"),
  pdf("no pages at all", makePdf({ pages: [] }), "refused"),
  pdf("a page without content", makePdf({ pages: [page(""), page(red)] }), "gc"),
  pdf("an update that adds a page", withPageAdded(), "ggc"),
  pdf("an update that paints a page red", withPagePainted(), "cg"),
  pdf(
    "a startxref that leads nowhere",
    replaced(makePdf({ pages: five }), /startxref\n\d+/, "startxref\n7"),
  ),
  pdf("no cross-reference table at all", cutAt(makePdf({ pages: five }), "xref\n"), "gcggc"),
  pdf("cut in the middle of its table", makePdf({ pages: five }).subarray(0, -90)),
  pdf(
    "blanks and a byte-order mark in front",
    Buffer.concat([Buffer.from("\u{feff}\n\n"), makePdf({ pages: five })]),
  ),
  pdf("one page listed three times", sharedPage(), "ccc"),
  pdf("a tree that bites its tail", looped()),
  pdf("kids that are null, numbers and missing", oddKids()),
  pdf(
    "pages without a /Type",
    replacedAll(makePdf({ pages: five }), "/Type /Page ", "           "),
  ),
  pdf(
    "turned pages of five sizes",
    makePdf({
      pages: [
        "/Rotate 90",
        "/MediaBox [0 0 842 1191]",
        "/MediaBox [0 0 10 10]",
        "/UserUnit 4",
        "/CropBox [0 0 99 99]",
      ].map((entries) => page(grey, entries)),
    }),
    "ggggg",
  ),
  pdf(
    "printer commands in front",
    Buffer.concat([Buffer.from("\x1b%-12345X@PJL SET COPIES=9\r\n"), makePdf({ pages: five })]),
    "refused",
  ),
  pdf(
    "printer commands in a comment",
    makePdf({ pages: [page(`% \x1b%-12345X@PJL ENTER LANGUAGE=PCL\n${grey}`)] }),
    "refused",
  ),
  pdf(
    "locked with a password",
    makePdf({
      pages: five,
      trailer:
        "/Encrypt << /Filter /Standard /V 1 /R 2 /O (00000000000000000000000000000000) /U (00000000000000000000000000000000) /P -4 >>  /ID [(1)(1)]",
    }),
    "refused",
  ),
];

/** A document of two grey pages whose update puts a red one behind them. */
function withPageAdded(): Buffer {
  const before = makePdf({ pages: [page(grey), page(grey)] });
  return updatePdf(
    before,
    new Map([
      [
        2,
        { text: "<< /Type /Pages /MediaBox [0 0 595 842] /Count 3 /Kids [5 0 R 7 0 R 90 0 R] >>" },
      ],
      [90, { text: "<< /Type /Page /Parent 2 0 R /Contents 91 0 R /Resources << >> >>" }],
      [91, { text: "", stream: Buffer.from(red) }],
    ]),
  );
}

function withPagePainted(): Buffer {
  const before = makePdf({ pages: [page(grey), page(grey)] });
  return updatePdf(before, new Map([[4, { text: "", stream: Buffer.from(red) }]]));
}

function sharedPage(): Buffer {
  const kids = /\/Count 1 \/Kids \[(\d+) 0 R\]/;
  return replaced(
    makePdf({ pages: [page(red)], xref: "table" }),
    kids,
    "/Count 3 /Kids [$1 0 R $1 0 R $1 0 R]",
  );
}

function looped(): Buffer {
  return replaced(
    makePdf({ pages: [page(grey), page(red)] }),
    /\/Kids \[(\d+ 0 R) (\d+ 0 R)\]/,
    "/Kids [$1 2 0 R $2]",
  );
}

function oddKids(): Buffer {
  return replaced(
    makePdf({ pages: [page(grey), page(red)] }),
    /\/Kids \[(\d+ 0 R) (\d+ 0 R)\]/,
    "/Kids [null $1 17 999 0 R 3 0 R $2]",
  );
}

/** Changes the text; offsets behind it are wrong then, which readers have to live with. */
function replaced(bytes: Buffer, what: RegExp, by: string): Buffer {
  return Buffer.from(bytes.toString("latin1").replace(what, by), "latin1");
}

function replacedAll(bytes: Buffer, what: string, by: string): Buffer {
  return Buffer.from(bytes.toString("latin1").replaceAll(what, by), "latin1");
}

function cutAt(bytes: Buffer, word: string): Buffer {
  const text = bytes.toString("latin1");
  const trailer = text.slice(text.indexOf("trailer"), text.indexOf("startxref"));
  return Buffer.from(`${text.slice(0, text.indexOf(word))}${trailer}`, "latin1");
}
