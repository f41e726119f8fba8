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

/** Puts the script that dials the bridge before all others; no inline one, for the policy's sake. */
function dialsEarly(): Plugin {
  let file = "";
  return {
    name: "guichet-dials-early",
    apply: "build",
    buildStart() {
      file = this.getFileName(this.emitFile({ type: "asset", name: "dial.js", source: dialEarly }));
    },
    transformIndexHtml: {
      order: "post",
      handler: () => [
        { tag: "script", attrs: { src: `/${file}`, async: true }, injectTo: "head-prepend" },
      ],
    },
  };
}

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
  plugins: [withoutPreloadHelper, dialsEarly(), forOldPanels()],
  build: {
    outDir: fileURLToPath(new URL("../dist/kiosk", import.meta.url)),
    emptyOutDir: true,
    target: "chrome91",
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
