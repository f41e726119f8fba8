import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAnalyser } from "../../print-provider/analysis/analyse-document.ts";
import type { CompactAnalysis, PageRun } from "../../print-provider/analysis/page-runs.ts";
import { openSpool } from "../../print-provider/spool/spool.ts";
import { newKey } from "../../storage/wrapped-key.ts";
import { runProgram } from "../labs/program.ts";
import type { Measure, Part } from "./measure.ts";
import { makePdf } from "./pdfs.ts";
import { median, spread } from "./statistics.ts";

const ROUNDS = 5;
const PAGES = 1000;
/** They count pages; only Ghostscript tells colour, and takes grey written in RGB for colour. */
const peers: [name: string, program: string, args: (path: string) => string[]][] = [
  ["pdfinfo", "/usr/bin/pdfinfo", (path) => [path]],
  ["qpdf", "/usr/bin/qpdf", (path) => ["--show-npages", path]],
  [
    "gs inkcov",
    "/usr/bin/gs",
    (path) => [
      "-q",
      "-dBATCH",
      "-dNOPAUSE",
      "-dSAFER",
      "-sDEVICE=inkcov",
      "-r20",
      "-o",
      "/dev/null",
      path,
    ],
  ],
];

/** Pages and their colours of a long document: sealed, in the limited process, as the provider does. */
export const analyse: Part = {
  title: "a PDF of 1000 pages, counted page by page with colour, out of the sealed spool",
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), "guichet-bench-"));
    const spoolFolder = join(folder, "spool");
    try {
      const pdf = makePdf({ pages: PAGES, textBytes: 260, colourEvery: 10 });
      const plain = join(folder, "long.pdf");
      writeFileSync(plain, pdf);
      const spool = openSpool({ folder: spoolFolder, wrappingKey: newKey(), reserveBytes: 0 });
      const document = { jobId: "00000000-0000-4000-8000-000000000001", number: 1 };
      const stored = await spool.store({ document, source: chunked(pdf), maxBytes: pdf.length });
      if (stored.kind !== "stored") throw new Error(stored.kind);
      const sealed = spool.access({ document, wrappedKey: stored.wrappedKey });

      const cold: number[] = [];
      const warm: number[] = [];
      const others = new Map<string, number[]>();
      for (let round = 0; round < ROUNDS; round += 1) {
        const analyser = startAnalyser({ folder: spoolFolder });
        for (const times of [cold, warm]) {
          const from = performance.now();
          const found = await analyser.analyse(sealed);
          times.push(performance.now() - from);
          check(found);
        }
        await analyser.close();
        for (const [name, program, args] of peers.filter(([, path]) => existsSync(path))) {
          // Ghostscript takes so long that one round must do.
          if (name.startsWith("gs") && round > 0) continue;
          const from = performance.now();
          await runProgram(program, args(plain));
          others.set(name, [...(others.get(name) ?? []), performance.now() - from]);
        }
      }
      return [
        {
          what: "first document of a process",
          value: median(cold),
          unit: "ms",
          goal: { of: "value", atMost: 3000 },
          note: `${(pdf.length / 1000).toFixed(0)} kB; ${spread(cold)}; with the start of the process`,
        },
        { what: "next document", value: median(warm), unit: "ms", note: spread(warm) },
        ...[...others].map(
          ([name, times]): Measure => ({
            what: `${name}, with its start`,
            value: median(times),
            unit: "ms",
            note: name.startsWith("gs")
              ? `colour as ink; ${spread(times)}`
              : `counts pages only; ${spread(times)}`,
          }),
        ),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** A fast answer that is wrong is no figure. */
function check(found: CompactAnalysis): void {
  if (found.kind === "refused") throw new Error(`The document was refused: ${found.reason}.`);
  const count = (runs: PageRun[]) => runs.reduce((sum, run) => sum + run.count, 0);
  const [pages, colour] = [count(found.runs), count(found.runs.filter((run) => run.colour))];
  if (pages !== PAGES || colour !== PAGES / 10)
    throw new Error(`Counted were ${pages} pages, ${colour} of them in colour.`);
}

async function* chunked(bytes: Uint8Array) {
  for (let from = 0; from < bytes.length; from += 65_536)
    yield await Promise.resolve(bytes.subarray(from, from + 65_536));
}
