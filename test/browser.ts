import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

/** What the flags are for: run as root in a container, and touch no network but the page's. */
export const quietAndSandboxless = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--force-color-profile=srgb",
];

/** A running browser with a profile of its own. Close it: that also removes the profile. */
export type TestBrowser = {
  context: BrowserContext;
  close: () => Promise<void>;
};

/**
 * Starts Debian's Chromium (or the one that `GUICHET_CHROMIUM` names) without a window, in a fresh
 * profile. `width` and `height` are CSS pixels of the page; `locale` and `timezone` are what the page
 * sees, UTC and English where nothing is said.
 */
export async function launchBrowser(
  options: { width?: number; height?: number; locale?: string; timezone?: string } = {},
): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), "guichet-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.GUICHET_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: quietAndSandboxless,
    // A machine that was set up sparingly names no language; Chromium then opens no file called "é".
    env: { ...process.env, LC_ALL: "C.UTF-8" },
    viewport: { width: options.width ?? 1024, height: options.height ?? 600 },
    locale: options.locale ?? "en-GB",
    timezoneId: options.timezone ?? "UTC",
    hasTouch: true,
  });
  return {
    context,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
