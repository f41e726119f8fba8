import { build, type Plugin, type Rolldown } from "vite";
import { chooser } from "./choose.ts";
import { oldStyle } from "./old-style.ts";

const here = import.meta.dirname;

/**
 * Builds the screen a second time, for Chromium from 61 on: one plain script in the language of 2017
 * with what that lacks, since a part could only be fetched with `import()`, and one style. It is put
 * beside the build of today, and the page gains the small script that chooses, behind `before` and in
 * one file with it: its first. No script in the page, for the policy's sake.
 */
export function forOldPanels({ before }: { before: string }): Plugin {
  let firstFile = "";
  let files: File[] = [];
  return {
    name: "guichet-for-old-panels",
    apply: "build",
    async buildStart() {
      const [script, style] = await Promise.all([
        outputOf("old-main.ts", "script"),
        outputOf("old.css", "style"),
      ]);
      files = [...script, ...style];
      const nameOf = (made: readonly File[], ending: string) =>
        `/${made.find(({ fileName }) => fileName.endsWith(ending))?.fileName ?? ""}`;
      const source = before + chooser(nameOf(script, ".js"), nameOf(style, ".css"));
      firstFile = this.getFileName(this.emitFile({ type: "asset", name: "first.js", source }));
    },
    /** Both styles use the same fonts, which the build of today has by the same names. */
    generateBundle(_, bundle) {
      for (const file of files)
        if (!(file.fileName in bundle)) this.emitFile({ type: "asset", ...file });
    },
    transformIndexHtml: {
      order: "post",
      handler: () => [
        { tag: "script", attrs: { src: `/${firstFile}`, async: true }, injectTo: "head-prepend" },
      ],
    },
  };
}

interface File {
  readonly fileName: string;
  readonly source: string | Uint8Array;
}

async function outputOf(entry: string, what: "script" | "style"): Promise<File[]> {
  const made = await build({
    configFile: false,
    root: here,
    base: "/",
    publicDir: false,
    logLevel: "error",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    css: { postcss: { plugins: [oldStyle] } },
    build: {
      write: false,
      target: "es2017",
      cssTarget: "chrome61",
      modulePreload: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      rolldownOptions: {
        input: `${here}/${entry}`,
        output:
          what === "script"
            ? { format: "iife", codeSplitting: false, entryFileNames: "assets/old-[hash].js" }
            : { assetFileNames: "assets/[name]-[hash][extname]" },
      },
    },
  });
  return outputsOf(made).map((file) => ({
    fileName: file.fileName,
    source: file.type === "chunk" ? file.code : file.source,
  }));
}

function outputsOf(
  made: Awaited<ReturnType<typeof build>>,
): Rolldown.RolldownOutput["output"][number][] {
  if (Array.isArray(made)) return made.flatMap(({ output }) => output);
  if ("output" in made) return made.output;
  throw new Error("A build that ends was asked for, and one that watches came.");
}
