import { fileURLToPath } from "node:url";
import { launchBrowser } from "../../test/browser.ts";
import { builtPage } from "./built-page.ts";
import { scriptedBridge } from "./scripted-bridge.ts";
import { documents, terminal, withSession } from "./views.ts";

/*
 * Takes the pictures of the README anew: `node kiosk/test/take-screenshots.ts`.
 */

const docs = (file: string) => fileURLToPath(new URL(`../../docs/${file}`, import.meta.url));
const built = await builtPage();
const bridge = await scriptedBridge(built.folder);
const browser = await launchBrowser({ width: 1024, height: 600 });
try {
  const tab = await browser.context.newPage();
  await tab.emulateMedia({ reducedMotion: "reduce" });
  await tab.clock.install({ time: new Date("2026-11-21T14:05:10.000Z") });
  bridge.show(terminal());
  await tab.goto(bridge.url);
  await tab.getByRole("heading", { name: "Tap your badge" }).waitFor();
  await tab.evaluate(() => document.fonts.ready.then(() => undefined));
  await tab.screenshot({ path: docs("screenshot-idle.png") });
  bridge.show(withSession());
  const [first] = documents;
  await tab.getByRole("checkbox", { name: first?.title ?? "" }).check();
  await tab.screenshot({ path: docs("screenshot-documents.png") });
} finally {
  await browser.close();
  await bridge.close();
  await built.remove();
}
