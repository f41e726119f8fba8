import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeJpeg } from "../documents/make-jpeg.ts";
import { makePdf } from "../documents/make-pdf.ts";
import { makePwg, type RasterKind } from "../documents/make-raster.ts";

const suites = "/usr/share/cups/ipptool";

/** Why the suites of CUPS cannot be run here, or nothing if they can. */
export function whyNoIpptool(): string | undefined {
  const missing = ["/usr/bin/ipptool", `${suites}/ipp-everywhere.test`].filter(
    (path) => !existsSync(path),
  );
  return missing.length === 0 ? undefined : `${missing.join(", ")} not installed`;
}

export type SuiteResult = {
  passed: number;
  skipped: number;
  /** The lines of the tests that failed, with what ipptool says of each. */
  failures: string[];
};

export type Suites = {
  /** Runs a suite against a printer, going on after failures and waiting while it is busy. */
  run: (
    suite: "ipp-1.1" | "ipp-2.0" | "ipp-everywhere",
    printer: { uri: string; user: string },
  ) => Promise<SuiteResult>;
  close: () => void;
};

/**
 * The conformance suites of CUPS's ipptool in a folder of their own, with the sample documents that
 * they name and Debian does not bring. The copy of ipp-everywhere has its one slip mended: it asks for
 * `document-number`, where the register (and PWG 5100.6) has `document-numbers`.
 */
export function prepareSuites(): Suites {
  const folder = mkdtempSync(join(tmpdir(), "guichet-ipptool-"));
  for (const name of ["ipp-1.1.test", "ipp-2.0.test"])
    writeFileSync(join(folder, name), readFileSync(join(suites, name)));
  const everywhere = readFileSync(join(suites, "ipp-everywhere.test"), "utf8");
  writeFileSync(
    join(folder, "ipp-everywhere.test"),
    everywhere.replace('"document-number"', '"document-numbers"'),
  );
  writeDocuments(folder);
  writeRasters(folder, everywhere);
  return {
    run: (suite, { uri, user }) => runSuite({ folder, suite, uri, user }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function writeDocuments(folder: string): void {
  const boxes = { a4: "[0 0 595 842]", letter: "[0 0 612 792]" };
  for (const [paper, box] of Object.entries(boxes)) {
    const content = "0 0.4 0.3 rg 72 72 200 100 re f";
    const page = { content, entries: `/MediaBox ${box}` };
    writeFileSync(join(folder, `document-${paper}.pdf`), makePdf({ pages: [page, page] }));
    writeFileSync(
      join(folder, `document-${paper}.ps`),
      "%!PS-Adobe-3.0\n0 0.4 0.3 setrgbcolor 72 72 200 100 rectfill showpage\nshowpage\n",
    );
  }
  const shade = (x: number, y: number) => ((x + y) * 20) % 256;
  writeFileSync(
    join(folder, "color.jpg"),
    makeJpeg({ paint: (x, y) => [shade(x, y), 90, 200], components: 3 }),
  );
  writeFileSync(
    join(folder, "gray.jpg"),
    makeJpeg({ paint: (x, y) => [shade(x, y)], components: 1 }),
  );
}

/** A small raster for each sample's path, of the kind and resolution that it tells. */
function writeRasters(folder: string, suite: string): void {
  const paths = new Set([...suite.matchAll(/^\s*FILE (\S+\.pwg)$/gm)].map(([, path = ""]) => path));
  const made = new Map<string, Buffer>();
  for (const path of paths) {
    const [head = "", dpi = "", kind = ""] =
      /^pwg-raster-samples-(\d+)dpi\/([a-z0-9-]+)\//.exec(path) ?? [];
    const pages = path.includes("/document-") ? 2 : 1;
    const raster =
      made.get(`${head}${pages}`) ??
      makePwg(
        Array(pages).fill({
          kind: kind.replace("-", "_") as RasterKind,
          dotsPerInch: Number(dpi),
          width: 240,
          height: 360,
        }),
      );
    made.set(`${head}${pages}`, raster);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), raster);
  }
}

function runSuite(given: {
  folder: string;
  suite: string;
  uri: string;
  user: string;
}): Promise<SuiteResult> {
  const { folder, suite, uri, user } = given;
  const version = suite === "ipp-1.1" ? "1.1" : "2.0";
  const document = join(folder, "document-letter.pdf");
  const args = ["-I", "-R", "-t", "-V", version, "-f", document, uri, `${suite}.test`];
  return new Promise((resolve, reject) => {
    const options = {
      cwd: folder,
      env: { ...process.env, CUPS_USER: user },
      maxBuffer: 64 * 1024 ** 2,
    };
    execFile("/usr/bin/ipptool", args, options, (error, stdout, stderr) => {
      // A test that fails is an answer; a program that cannot be run is not.
      if (error !== null && typeof error.code !== "number")
        return reject(new Error(`ipptool: ${error.message}\n${stderr}`));
      const count = (result: string) => stdout.split(`[${result}]`).length - 1;
      const lines = stdout.split("\n");
      const failures = lines.flatMap((line, index) =>
        line.includes("[FAIL]") ? [lines.slice(index, index + 12).join("\n")] : [],
      );
      resolve({ passed: count("PASS"), skipped: count("SKIP"), failures });
    });
  });
}
