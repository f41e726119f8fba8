import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { dialEarly } from "./dial-early.ts";
import { forOldPanels } from "./old/build-old.ts";

// A test runner or a shell may have said otherwise, and the libraries would be built for development.
process.env.NODE_ENV = "production";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * Parts that are fetched later are single files with no style of their own, so the helper that Vite
 * puts around each `import()` to fetch what they depend on has nothing to do: half a kilobyte less.
 */
const withoutPreloadHelper: Plugin = {
  name: "guichet-without-preload-helper",
  enforce: "pre",
  load: {
    filter: { id: /vite\/preload-helper/ },
    handler: () => "export const __vitePreload = (load) => load();",
  },
};

/**
 * Nearly all of the first script runs before the first screen stands. Told so, Chromium (from 136 on)
 * compiles it beside the page while it is fetched, instead of function by function when each is called.
 */
const compilesBeside = "//# allFunctionsCalledOnLoad";

/**
 * Builds the screen into `dist/kiosk`. Addresses are absolute (`/assets/…`), because the bridge serves
 * the same page at `/` and at `/t/<terminal>`. Nothing is inlined, so that a strict content policy
 * (`default-src 'self'`) holds; the bridge writes data into the page, which no policy takes for script.
 */
export default defineConfig({
  root: here,
  base: "/",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [withoutPreloadHelper, forOldPanels({ before: dialEarly })],
  build: {
    outDir: fileURLToPath(new URL("../dist/kiosk", import.meta.url)),
    emptyOutDir: true,
    target: "chrome91",
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      // That the second build takes most of the time is nothing to warn of on a slow machine.
      checks: { bundlerTimings: false },
      output: { postBanner: ({ isEntry }) => (isEntry ? compilesBeside : "") },
    },
  },
});
