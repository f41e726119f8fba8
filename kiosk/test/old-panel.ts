import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/*
 * Today's browser as a panel with Chromium 61: what came later is taken away before the page loads. Not
 * `globalThis`, without which the test's own tools do not work; the scan of the script looks for that.
 */

/** Things by their way from the window, with the release of Chromium that brought them. */
const cameLater: Readonly<Record<string, number>> = {
  "Array.prototype.at": 92,
  "Array.prototype.findLast": 97,
  "Array.prototype.findLastIndex": 97,
  "Array.prototype.flat": 69,
  "Array.prototype.flatMap": 69,
  "Array.prototype.toReversed": 110,
  "Array.prototype.toSorted": 110,
  "Array.prototype.toSpliced": 110,
  "Array.prototype.with": 110,
  "Array.fromAsync": 121,
  "Object.fromEntries": 73,
  "Object.groupBy": 117,
  "Object.hasOwn": 93,
  "Map.groupBy": 117,
  "String.prototype.at": 92,
  "String.prototype.isWellFormed": 111,
  "String.prototype.matchAll": 73,
  "String.prototype.replaceAll": 85,
  "String.prototype.trimEnd": 66,
  "String.prototype.trimStart": 66,
  "Promise.allSettled": 76,
  "Promise.any": 85,
  "Promise.prototype.finally": 63,
  "Promise.try": 128,
  "Promise.withResolvers": 119,
  "Symbol.asyncIterator": 63,
  "Intl.DisplayNames": 81,
  "Intl.ListFormat": 72,
  "Intl.Locale": 74,
  "Intl.PluralRules": 63,
  "Intl.RelativeTimeFormat": 71,
  "Intl.Segmenter": 87,
  "Crypto.prototype.randomUUID": 92,
  "Element.prototype.checkVisibility": 105,
  "Element.prototype.getHTML": 125,
  "Element.prototype.replaceChildren": 86,
  "Element.prototype.toggleAttribute": 69,
  "Document.prototype.replaceChildren": 86,
  "Blob.prototype.arrayBuffer": 76,
  "Blob.prototype.text": 76,
  AbortController: 66,
  AbortSignal: 66,
  AggregateError: 85,
  BigInt: 67,
  FinalizationRegistry: 84,
  Iterator: 122,
  ResizeObserver: 64,
  WeakRef: 84,
  queueMicrotask: 71,
  reportError: 95,
  scheduler: 94,
  structuredClone: 98,
};

/** To be run in the page before anything of its own. */
export const takeNewerAway = `(() => {
  for (const way of ${JSON.stringify(Object.keys(cameLater))}) {
    const steps = way.split(".");
    const last = steps.pop();
    const on = steps.reduce((it, step) => it && it[step], window);
    if (on && !delete on[last]) on[last] = undefined;
  }
})();`;

/**
 * The built page as such a panel meets it: the build of today cannot be parsed there. Gives a folder
 * of its own.
 */
export async function pageForOldPanel(built: string): Promise<{
  folder: string;
  remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "guichet-old-panel-"));
  await cp(built, folder, { recursive: true });
  const assets = await readdir(join(folder, "assets"));
  const index = assets.find((file) => /^index-.*\.js$/.test(file));
  await writeFile(join(folder, "assets", index ?? "index.js"), "import( ?. this is not to be read");
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
