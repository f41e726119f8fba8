/** The small documents that a probe prints: a mark a page, grey or red, and nothing else. */

export type TestColour = "grey" | "red";

/** The formats in which a probe can print, best first. */
export const testFormats = ["application/pdf", "image/pwg-raster"] as const;
export type TestFormat = (typeof testFormats)[number];

export function testPages(format: TestFormat, colours: readonly TestColour[]): Buffer {
  return format === "application/pdf" ? pdfOf(colours) : pwgOf(colours);
}

/** PDF 1.4 (ISO 32000-1 §7.5): a page tree, and a line of text with a coloured square on each page. */
function pdfOf(colours: readonly TestColour[]): Buffer {
  const pages = colours.map((_, index) => 4 + 2 * index);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${pages.map((id) => `${id} 0 R`).join(" ")}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...colours.flatMap((colour, index) => {
      const paint = colour === "grey" ? "0.5 g" : "1 0 0 rg";
      const text = `Guichet test page ${index + 1} of ${colours.length}`;
      const content = `${paint} 50 760 40 40 re f 0 g BT /F1 12 Tf 100 770 Td (${text}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * index} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, "latin1");
}

/** A4 at 150 dpi, which is what PWG 5102.4 asks every device for at least. */
const raster = { width: 1240, height: 1754, dpi: 150, markFrom: 150, markLines: 80, markWidth: 80 };
const headerBytes = 1796;
/** cupsColorSpace of PWG 5102.4 §4.3.2: 18 sGray, 19 sRGB. */
const space = { grey: 18, red: 19 } as const;

/** PWG raster (PWG 5102.4): a header and run-length coded lines for each page. */
function pwgOf(colours: readonly TestColour[]): Buffer {
  const pages = colours.flatMap((colour) => [pwgHeader(colour, colours.length), pwgLines(colour)]);
  return Buffer.concat([Buffer.from("RaS2"), ...pages]);
}

function pwgHeader(colour: TestColour, pages: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write("PwgRaster", 0, "latin1");
  const samples = colour === "grey" ? 1 : 3;
  const fields = new Map([
    [276, raster.dpi],
    [280, raster.dpi],
    [340, 1],
    [352, 595],
    [356, 842],
    [372, raster.width],
    [376, raster.height],
    [384, 8],
    [388, 8 * samples],
    [392, raster.width * samples],
    [400, space[colour]],
    [420, samples],
    [452, pages],
  ]);
  for (const [offset, value] of fields) header.writeUInt32BE(value, offset);
  header.write("iso_a4_210x297mm", 1732, "latin1");
  return header;
}

function pwgLines(colour: TestColour): Buffer {
  const white = colour === "grey" ? [255] : [255, 255, 255];
  const mark = colour === "grey" ? [128] : [220, 30, 30];
  const blank = run(white, raster.width);
  const marked = [...run(mark, raster.markWidth), ...run(white, raster.width - raster.markWidth)];
  const below = raster.height - raster.markFrom - raster.markLines;
  return Buffer.from([
    ...lines(blank, raster.markFrom),
    ...lines(marked, raster.markLines),
    ...lines(blank, below),
  ]);
}

/** One pixel many times, in runs of at most 128. */
function run(pixel: readonly number[], count: number): number[] {
  const coded: number[] = [];
  for (let left = count; left > 0; left -= 128) coded.push(Math.min(left, 128) - 1, ...pixel);
  return coded;
}

/** One line many times, in repeats of at most 256. */
function lines(line: readonly number[], count: number): number[] {
  const coded: number[] = [];
  for (let left = count; left > 0; left -= 256) coded.push(Math.min(left, 256) - 1, ...line);
  return coded;
}
