import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { fileOf, folder, packed } from "./packed.mjs";

const prefix = "\0packed:";

/** A module for each library, with the very names that Node finds in it: also where it is CommonJS. */
const entries: Plugin = {
  name: "guichet-packed-libraries",
  resolveId: (id) => (id.startsWith(prefix) ? id : undefined),
  async load(id) {
    if (!id.startsWith(prefix)) return;
    const name = id.slice(prefix.length);
    const found = Object.keys(await import(name)).filter((one) => one !== "module.exports");
    return `export { ${found.join(", ")} } from ${JSON.stringify(name)};`;
  },
};

export default defineConfig({
  publicDir: false,
  plugins: [entries],
  // Left where they are: they find their own files, or are there or not.
  ssr: { noExternal: true, external: ["pino", "bufferutil", "utf-8-validate"] },
  build: {
    ssr: true,
    outDir: fileURLToPath(folder),
    emptyOutDir: true,
    target: "node24",
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(packed.map((name) => [fileOf(name), prefix + name])),
      output: { entryFileNames: "[name].js", chunkFileNames: "shared-[hash].js" },
    },
  },
});
