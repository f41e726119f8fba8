import { deflateSync } from "node:zlib";

/** A PDF with one page for each content stream, written as a careful producer would. */
export function pdfOf(
  contents: readonly string[],
  more: { readonly count?: number; readonly mediaBox?: string; readonly resources?: string } = {},
): Buffer {
  const kids = contents.map((_, index) => `${3 + 2 * index} 0 R`).join(" ");
  const box = more.mediaBox ?? "[0 0 595 842]";
  const resources = more.resources ?? "<< >>";
  const parts = [
    Buffer.from("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"),
    Buffer.from(
      `2 0 obj\n<< /Type /Pages /Kids [${kids}] /Count ${more.count ?? contents.length} /MediaBox ${box} /Resources ${resources} >>\nendobj\n`,
    ),
    ...contents.map((content, index) => {
      const data = deflateSync(content);
      return Buffer.concat([
        Buffer.from(
          `${3 + 2 * index} 0 obj\n<< /Type /Page /Parent 2 0 R /Contents ${4 + 2 * index} 0 R >>\nendobj\n` +
            `${4 + 2 * index} 0 obj\n<< /Length ${data.length} /Filter /FlateDecode >>\nstream\n`,
        ),
        data,
        Buffer.from("\nendstream\nendobj\n"),
      ]);
    }),
    Buffer.from("trailer\n<< /Root 1 0 R >>\n%%EOF\n"),
  ];
  return Buffer.concat(parts);
}

/** A page that paints in grey, and one that paints in red. */
export const greyPage = "0.5 g 100 100 200 200 re f";
export const redPage = "1 0 0 rg 100 100 200 200 re f";
