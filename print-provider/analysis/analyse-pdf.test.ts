import { describe, expect, it } from "vitest";
import {
  firstExtra,
  type MakePdfOptions,
  makePdf,
  makeTextPdf,
} from "../../test/documents/make-pdf.ts";
import { updatePdf, writePdf } from "../../test/documents/write-pdf.ts";
import { analysePdf } from "./analyse-pdf.ts";
import { type BudgetLimits, startBudget } from "./budget.ts";
import { memorySource } from "./byte-source.ts";

const limits: BudgetLimits = {
  operationsMax: 20_000_000,
  bytesMax: 500_000_000,
  durationMsMax: 20_000,
};

function analyse(pdf: Uint8Array, own: Partial<BudgetLimits> = {}) {
  const budget = startBudget({ ...limits, ...own }, () => performance.now());
  return analysePdf({ source: memorySource(pdf), budget });
}

/** Page numbers that are colour, of how many; or why it was refused. */
async function verdict(pdf: Uint8Array): Promise<string> {
  const result = await analyse(pdf);
  if (result.kind === "refused") return result.reason;
  const colour = result.pages.flatMap((page, index) => (page.colour ? [index + 1] : []));
  return `${result.pages.length} pages, colour ${colour.join(",") || "none"}`;
}

const forms: [string, Partial<Omit<MakePdfOptions, "pages">>][] = [
  ["a table", { xref: "table" }],
  ["a cross-reference stream", { xref: "stream" }],
  ["object streams", { objectStreamOf: 20 }],
  ["deflated contents and a deep tree", { deflate: true, kidsPerNode: 2 }],
];

describe("the pages of a PDF", () => {
  it.each(forms)("are counted in order, whatever its form: %s", async (_, form) => {
    const pdf = makeTextPdf({ pages: 47, colourEvery: 10, ...form });
    expect(await verdict(pdf)).toBe("47 pages, colour 10,20,30,40");
  });

  it.each([1, 0, 9, -5])("are counted as they are when /Count says %i of 5", async (count) => {
    expect(await verdict(makeTextPdf({ pages: 5, count }))).toBe("5 pages, colour none");
  });

  it("are the newest ones where an update changed them, and the old ones do not count", async () => {
    const old = makeTextPdf({ pages: 3 });
    const replaced = updatePdf(
      old,
      new Map([[4, { text: "", stream: Buffer.from("1 0 0 rg 0 0 9 9 re f") }]]),
    );
    expect(await verdict(replaced)).toBe("3 pages, colour 1");
    const shortened = updatePdf(
      old,
      new Map([[2, { text: "<< /Type /Pages /Count 1 /Kids [5 0 R] >>" }]]),
    );
    expect(await verdict(shortened)).toBe("1 pages, colour none");
  });

  it("are counted as often as the tree names them", async () => {
    const pdf = makePdf({ pages: [{ content: "" }] });
    const twice = updatePdf(
      pdf,
      new Map([[2, { text: "<< /Type /Pages /Count 1 /Kids [5 0 R 5 0 R 5 0 R] >>" }]]),
    );
    expect(await verdict(twice)).toBe("3 pages, colour none");
  });

  it("have the size that a person sees: turned, scaled, inherited or their own", async () => {
    const pdf = makePdf({
      pages: [
        { content: "" },
        { content: "", entries: "/MediaBox [10 10 851 1200] /Rotate 90" },
        { content: "", entries: "/MediaBox [0 0 100 200] /UserUnit 2" },
      ],
    });
    const result = await analyse(pdf);
    if (result.kind === "refused") throw new Error(result.reason);
    expect(result.pages.map(({ widthPt, heightPt }) => [widthPt, heightPt])).toEqual([
      [595, 842],
      [1190, 841],
      [200, 400],
    ]);
  });
});

describe("a PDF that is broken", () => {
  it("is counted when its index is missing or wrong but its pages are there", async () => {
    const pdf = makeTextPdf({ pages: 12, colourEvery: 4 });
    const text = pdf.toString("latin1");
    const cut = pdf.subarray(0, text.lastIndexOf("xref\n0"));
    expect(await verdict(Buffer.concat([cut, Buffer.from("trailer\n<< /Root 1 0 R >>")]))).toBe(
      "12 pages, colour 4,8,12",
    );
    expect(await verdict(cut)).toBe("12 pages, colour 4,8,12");
    const shifted = Buffer.concat([Buffer.from("%PDF-1.7\n%one line more\n"), pdf.subarray(9)]);
    expect(await verdict(shifted)).toBe("12 pages, colour 4,8,12");
    const packed = makeTextPdf({ pages: 12, colourEvery: 4, objectStreamOf: 5 });
    expect(await verdict(packed.subarray(0, packed.length - 12))).toBe("12 pages, colour 4,8,12");
  });

  it("is refused in a sentence when a page was cut off", async () => {
    const pdf = makeTextPdf({ pages: 12 });
    const at = pdf.toString("latin1").indexOf("(Page 12)");
    const result = await analyse(pdf.subarray(0, at));
    expect(result).toMatchObject({ kind: "refused", reason: "damaged" });
    if (result.kind === "refused") expect(result.sentence).toMatch(/damaged.*send/);
  });

  it("never counts low, wherever it is cut", async () => {
    const pdf = makeTextPdf({ pages: 6, kidsPerNode: 3 });
    for (let length = 0; length < pdf.length; length += 61) {
      const result = await analyse(pdf.subarray(0, length));
      if (result.kind === "counted") expect(result.pages.length).toBe(6);
    }
  });

  it.each([
    ["a node that is its own kid", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"],
    ["a node that is above itself", "<< /Type /Pages /Kids [5 0 R 6 0 R] /Count 2 >>"],
    ["a page that is missing", "<< /Type /Pages /Kids [5 0 R 99 0 R] /Count 2 >>"],
    ["kids given twice", "<< /Type /Pages /Kids [5 0 R] /Kids [5 0 R 5 0 R] /Count 2 >>"],
    ["a page with kids", "<< /Type /Page /Kids [5 0 R] >>"],
    ["kids that are no list", "<< /Type /Pages /Kids 5 >>"],
  ])("is refused when readers would differ on its pages: %s", async (_, root) => {
    const pdf = makePdf({ pages: [{ content: "" }] });
    const changes = new Map([
      [2, { text: root }],
      [6, { text: "<< /Type /Pages /Kids [2 0 R] /Count 1 >>" }],
    ]);
    expect(await verdict(updatePdf(pdf, changes))).toBe("damaged");
  });

  it("is refused when its tree doubles at each level until nobody can print it", async () => {
    const levels = Array.from({ length: 40 }, (_, level) => ({
      text: `<< /Type /Pages /Kids [${level + 3} 0 R ${level + 3} 0 R] /Count 1 >>`,
    }));
    const pdf = writePdf({
      objects: [
        { text: "<< /Type /Catalog /Pages 2 0 R >>" },
        ...levels,
        { text: "<< /Type /Page >>" },
      ],
    });
    expect(await verdict(pdf)).toBe("too-many-pages");
  });

  it("is refused when it has no pages, or is something else", async () => {
    expect(await verdict(makePdf({ pages: [] }))).toBe("no-pages");
    expect(await verdict(Buffer.from("Dear Sir"))).toBe("unsupported");
    expect(await verdict(Buffer.alloc(0))).toBe("unsupported");
  });

  it("is refused when another language for the printer is hidden in it", async () => {
    const exit = Buffer.from("\x1b%-12345X@PJL ENTER LANGUAGE=POSTSCRIPT\nshowpage\n");
    const pdf = makeTextPdf({ pages: 1 });
    expect(await verdict(Buffer.concat([pdf, exit]))).toBe("not-only-pdf");
    expect(await verdict(Buffer.concat([exit, pdf]))).toBe("unsupported");
    const inside = makePdf({ pages: [{ content: exit.toString() }] });
    expect(await verdict(inside)).toBe("not-only-pdf");
    const atBorder = Buffer.concat([pdf, Buffer.alloc(2 ** 20 - 4 - pdf.length, 32), exit]);
    expect(await verdict(atBorder)).toBe("not-only-pdf");
  });

  it("is refused when its index or its references go round in a circle", async () => {
    const pdf = makeTextPdf({ pages: 1 }).toString("latin1");
    const start = /startxref\n(\d+)/.exec(pdf)?.[1];
    const circle = pdf.replace("/Root 1 0 R", `/Root 1 0 R /Prev ${start}`);
    expect(await verdict(Buffer.from(circle, "latin1"))).toBe("1 pages, colour none");
    const self = updatePdf(makeTextPdf({ pages: 1 }), new Map([[1, { text: "1 0 R" }]]));
    expect(await verdict(self)).toBe("damaged");
  });
});

describe("the budget of an analysis", () => {
  it("ends the counting of a hostile document in a sentence", async () => {
    const result = await analyse(makeTextPdf({ pages: 200 }), { operationsMax: 500 });
    expect(result).toMatchObject({ kind: "refused", reason: "too-complex" });
  });

  it("takes the pages that it has no time left for as colour, once they are counted", async () => {
    const pages = Array.from({ length: 20 }, () => ({ content: "0 0 9 9 re f ".repeat(2_000) }));
    const result = await analyse(makePdf({ pages }), { operationsMax: 60_000 });
    if (result.kind === "refused") throw new Error(result.reason);
    const colours = result.pages.map((page) => page.colour);
    expect(colours).toHaveLength(20);
    expect([colours.at(0), colours.at(-1)]).toEqual([false, true]);
  });

  it("ends what unpacks to more than any page needs", async () => {
    const bomb = Buffer.alloc(80 * 1024 * 1024, "0 g ");
    const pdf = makePdf({
      pages: [{ content: "" }],
      extras: [{ text: "", stream: bomb, deflate: true }],
    });
    const page = `<< /Type /Page /Parent 2 0 R /Contents ${firstExtra} 0 R >>`;
    const result = await verdict(updatePdf(pdf, new Map([[firstExtra + 2, { text: page }]])));
    expect(result).toBe("1 pages, colour 1");
  });
});
