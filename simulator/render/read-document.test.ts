import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readDocument } from "./read-document.ts";
import { greyPage, pdfOf, redPage } from "./test-pdf.ts";

const folder = mkdtempSync(join(tmpdir(), "guichet-render-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

/** What the device finds: "gc" for a grey page and one in colour, or why it finds nothing. */
function found(bytes: Buffer): Promise<string> {
  files += 1;
  const path = join(folder, String(files));
  writeFileSync(path, bytes);
  return foundIn(path);
}

async function foundIn(path: string): Promise<string> {
  const read = await readDocument(path);
  return read.kind === "pages" ? read.pages.map(({ colour }) => colour[0]).join("") : read.reason;
}

test("pages are those that the tree reaches, whatever it says of their count", async () => {
  for (const count of [0, 1, 99, -5]) {
    expect(await found(pdfOf([greyPage, redPage, greyPage], { count }))).toBe("gcg");
  }
});

test("a tree that bites its tail, and one that leads nowhere, end", async () => {
  const looping = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R 2 0 R 4 0 R 9 0 R] /Count 7 >> endobj
3 0 obj << /Type /Page /MediaBox [0 0 595 842] >> endobj
4 0 obj << /Type /Pages /Kids [2 0 R 3 0 R] >> endobj
trailer << /Root 1 0 R >>`;
  expect(await found(Buffer.from(looping))).toBe("gg");
  expect(await found(Buffer.from("%PDF-1.4\ntrailer << /Root 1 0 R >>"))).toBe(
    "document-format-error",
  );
});

test("a tree that fans out without end is given up", async () => {
  const levels = Array.from({ length: 30 }, (_, level) => {
    const kids = `${level + 3} 0 R `.repeat(20);
    return `${level + 2} 0 obj << /Type /Pages /Kids [${kids}] >> endobj\n`;
  });
  const bomb = `%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n${levels.join("")}
32 0 obj << /Type /Page >> endobj\ntrailer << /Root 1 0 R >>`;
  expect(await found(Buffer.from(bomb))).toBe("document-unprintable-error");
});

test("a later object replaces an earlier one, as an update does", async () => {
  const updated = Buffer.concat([
    pdfOf([greyPage, greyPage]),
    Buffer.from("2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n%%EOF"),
  ]);
  expect(await found(updated)).toBe("g");
});

test("a cut file prints the pages whose tree is there, and no file at all is refused", async () => {
  const whole = pdfOf([greyPage, redPage]);
  expect(await found(whole.subarray(0, whole.length - 60))).toHaveLength(2);
  expect(await found(whole.subarray(0, 40))).toBe("document-format-error");
  expect(await found(Buffer.from("hello"))).toBe("unsupported-document-format");
});

test("an encrypted PDF is refused", async () => {
  const encrypted = Buffer.concat([
    pdfOf([greyPage]),
    Buffer.from("trailer << /Root 1 0 R /Encrypt << /Filter /Standard >> >>"),
  ]);
  expect(await found(encrypted)).toBe("document-password-error");
});

test("colour is what is painted, not what is merely set", async () => {
  const pages = [
    "1 0 0 rg 0 g 10 10 5 5 re f",
    "q 0 0 1 RG Q 10 10 5 5 re S",
    "0 0 1 RG 10 10 5 5 re S",
    "0 0 0 0.7 k 10 10 5 5 re f",
    "0 0.9 0 0 k 10 10 5 5 re f",
    "1 0 0 rg BT 3 Tr (unseen) Tj ET",
    "1 0 0 rg BT (seen) Tj ET",
    "/Spot cs 1 scn 10 10 5 5 re f",
    "/Black cs 1 scn 10 10 5 5 re f",
    "BI /W 2 /H 1 /CS /RGB /BPC 8 ID \x40\x40\x40\x50\x50\x50 EI",
  ];
  const resources =
    "<< /ColorSpace << /Spot [/Separation /Orange /DeviceRGB 9 0 R] /Black [/Separation /Black /DeviceGray 9 0 R] >> >>";
  expect(await found(pdfOf(pages, { resources }))).toBe("ggcgcgccgg");
});

test("the paper is the page's size, turned as the page is", async () => {
  const path = join(folder, "sizes");
  writeFileSync(path, pdfOf([greyPage], { mediaBox: "[0 0 842 1191] /Rotate 90" }));
  const read = await readDocument(path);
  expect(read.kind === "pages" && Math.round((read.pages[0]?.width ?? 0) / 100)).toBe(420);
});

const ghostscript = existsSync("/usr/bin/gs");

test.runIf(ghostscript)("Ghostscript's PDF, PWG raster, URF and JPEG are read", async () => {
  const source = join(folder, "source.pdf");
  writeFileSync(source, pdfOf([greyPage, redPage, greyPage, "0 0 0 rg 1 1 9 9 re f"]));
  const make = (device: string, ...more: string[]) => {
    const path = join(folder, `made.${device}`);
    const options = ["-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", `-sDEVICE=${device}`, "-r100"];
    execFileSync("gs", [...options, ...more, `-sOutputFile=${path}`, source], { stdio: "ignore" });
    return foundIn(path);
  };
  const rgb = ["-dcupsColorSpace=19", "-dcupsBitsPerColor=8", "-dcupsBitsPerPixel=24"];
  const planes = "-dcupsColorOrder=0";
  expect(await make("pdfwrite")).toBe("gcgg");
  expect(await make("pwgraster", ...rgb, planes)).toBe("gcgg");
  expect(await make("urf", ...rgb, planes)).toBe("gcgg");
  const sgray = ["-dcupsColorSpace=18", "-dcupsBitsPerColor=8", "-dcupsBitsPerPixel=8", planes];
  expect(await make("pwgraster", ...sgray)).toBe("gggg");
  expect(await make("jpeg", "-dLastPage=1")).toBe("c");
  expect(await make("jpeggray", "-dLastPage=1")).toBe("g");
});

const qpdf = ghostscript && existsSync("/usr/bin/qpdf");

test.runIf(qpdf)("qpdf's object streams and linearised files are read", async () => {
  const [drawn, source, made] = [join(folder, "a"), join(folder, "b"), join(folder, "c")];
  writeFileSync(drawn, pdfOf([greyPage, redPage, greyPage]));
  execFileSync("gs", ["-q", "-o", source, "-sDEVICE=pdfwrite", drawn], { stdio: "ignore" });
  for (const option of ["--object-streams=generate", "--linearize", "--qdf"]) {
    execFileSync("qpdf", [option, source, made]);
    expect(await foundIn(made)).toBe("gcg");
  }
});
