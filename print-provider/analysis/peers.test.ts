import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { isColour } from "../../test/documents/is-colour.ts";
import { firstExtra, makeTextPdf } from "../../test/documents/make-pdf.ts";
import { analysePdf } from "./analyse-pdf.ts";
import { startBudget } from "./budget.ts";
import { memorySource } from "./byte-source.ts";

const folder = mkdtempSync(join(tmpdir(), "guichet-peers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pdf = makeTextPdf({ pages: 23, colourEvery: 7, deflate: true });
const truth = "23 pages, colour 7,14,21";

async function ours(bytes: Uint8Array): Promise<string> {
  const limits = { operationsMax: 20_000_000, bytesMax: 500_000_000, durationMsMax: 20_000 };
  const budget = startBudget(limits, () => performance.now());
  const result = await analysePdf({ source: memorySource(bytes), budget });
  if (result.kind === "refused") return result.reason;
  const colour = result.pages.flatMap((page, index) => (page.colour ? [index + 1] : []));
  return `${result.pages.length} pages, colour ${colour.join(",") || "none"}`;
}

function qpdf(input: Uint8Array, ...options: string[]): Buffer {
  const from = join(folder, "in.pdf");
  const to = join(folder, "out.pdf");
  writeFileSync(from, input);
  // The options of an encryption end by a mark of their own.
  const end = options.includes("--encrypt") ? ["--"] : [];
  execFileSync("/usr/bin/qpdf", ["--no-warn", ...options, ...end, from, to]);
  return readFileSync(to);
}

/** The pages that Ghostscript paints in colour, at a low resolution. */
function ghostscriptColours(input: Uint8Array): { pages: number; colour: number[] } {
  const path = join(folder, "gs.pdf");
  writeFileSync(path, input);
  const out = execFileSync(
    "/usr/bin/gs",
    [
      "-q",
      "-dSAFER",
      "-dBATCH",
      "-dNOPAUSE",
      "-dPrinted",
      "-sDEVICE=ppmraw",
      "-r24",
      "-o",
      "-",
      path,
    ],
    { maxBuffer: 200_000_000 },
  );
  const colour: number[] = [];
  let pages = 0;
  for (let at = 0; at < out.length; ) {
    const head = /^P([456])\s(?:#.*\n)?(\d+) (\d+)\s/.exec(out.toString("latin1", at, at + 100));
    const [whole = "", kind, width, height] = head ?? [];
    const deep =
      kind === "4"
        ? ""
        : (/^\d+\s/.exec(out.toString("latin1", at + whole.length, at + 100))?.[0] ?? "");
    const start = at + whole.length + deep.length;
    const row =
      kind === "4" ? Math.ceil(Number(width) / 8) : Number(width) * (kind === "6" ? 3 : 1);
    at = start + row * Number(height);
    pages += 1;
    const pixels = out.subarray(start, at);
    if (
      kind === "6" &&
      pixels.some((value, place) => Math.abs(value - (pixels[place - (place % 3)] ?? 0)) > 8)
    )
      colour.push(pages);
  }
  return { pages, colour };
}

/** Each page as a JPEG of three components, as a scanner set to colour would keep it. */
function ghostscriptJpegs(input: Uint8Array): Buffer[] {
  const path = join(folder, "scan.pdf");
  writeFileSync(path, input);
  const device = ["-sDEVICE=jpeg", "-r150", "-o", join(folder, "scan-%d.jpg")];
  execFileSync("/usr/bin/gs", ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", ...device, path]);
  return [1, 2].map((page) => readFileSync(join(folder, `scan-${page}.jpg`)));
}

if (existsSync("/usr/bin/qpdf"))
  describe("documents that qpdf wrote", () => {
    it.each([
      ["object streams", ["--object-streams=generate"]],
      ["a linear order", ["--linearize"]],
      ["nothing compressed", ["--qdf", "--object-streams=disable"]],
      [
        "RC4 of 40 bits, for the owner only",
        ["--allow-weak-crypto", "--encrypt", "", "boss", "40"],
      ],
      ["RC4 of 128 bits", ["--allow-weak-crypto", "--encrypt", "", "boss", "128"]],
      ["AES of 128 bits", ["--allow-weak-crypto", "--encrypt", "", "boss", "128", "--use-aes=y"]],
      ["AES of 256 bits", ["--object-streams=generate", "--encrypt", "", "boss", "256"]],
      [
        "AES of 256 bits, as Acrobat 9 did",
        ["--allow-weak-crypto", "--encrypt", "", "boss", "256", "--force-R5"],
      ],
      [
        "clear metadata",
        [
          "--allow-weak-crypto",
          "--encrypt",
          "",
          "boss",
          "128",
          "--use-aes=y",
          "--cleartext-metadata",
        ],
      ],
    ])("are counted, with %s", async (_, options) => {
      expect(await ours(qpdf(pdf, ...options))).toBe(truth);
    });

    it.each(["40", "128", "256"])(
      "are refused when they need a password (%s bits)",
      async (bits) => {
        const locked = qpdf(pdf, "--allow-weak-crypto", "--encrypt", "secret", "boss", bits);
        expect(await ours(locked)).toBe("encrypted");
      },
    );
  });
else console.log("Documents by qpdf are not tried here: qpdf is not installed.");

if (existsSync("/usr/bin/gs"))
  describe("beside Ghostscript, which prints what it is given", () => {
    it("the pages are as many, whatever /Count says", async () => {
      for (const count of [1, 0, 9, -5]) {
        const lying = makeTextPdf({ pages: 5, count });
        expect(await ours(lying)).toBe(`${ghostscriptColours(lying).pages} pages, colour none`);
      }
    });

    it("a scan that was kept as a colour JPEG is grey if nothing on it has a colour", async () => {
      const scans = ghostscriptJpegs(makeTextPdf({ pages: 2, colourEvery: 2 }));
      const verdicts = await Promise.all(
        scans.map((jpeg) =>
          isColour({
            content: "595 0 0 842 0 0 cm /I Do",
            resources: `/XObject << /I ${firstExtra} 0 R >>`,
            extras: [
              {
                text: "/Subtype /Image /Width 1240 /Height 1754 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode",
                stream: jpeg,
              },
            ],
          }),
        ),
      );
      expect(verdicts).toEqual([false, true]);
    });

    it("the coloured pages are the same", async () => {
      const { pages, colour } = ghostscriptColours(pdf);
      expect(await ours(pdf)).toBe(`${pages} pages, colour ${colour.join(",")}`);
    });
  });
else console.log("Ghostscript's counts are not compared here: it is not installed.");
