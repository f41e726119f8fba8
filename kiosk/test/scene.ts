import type { Page } from "playwright-core";
import type { TerminalView } from "../../protocol/kiosk.ts";
import { documents } from "./views.ts";

/** One screen: what the bridge shows, and the touches that lead there, by the English texts' keys. */
export type Scene = {
  name: string;
  view: TerminalView;
  /** Presses on the page, in the language that it speaks; `t` gives the text of that language. */
  go?: (page: Page, t: (english: string) => string) => Promise<void>;
};

export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

export const chooseFirstTwo = async (page: Page) => {
  await page.getByRole("checkbox", { name: documents[0]?.title ?? "" }).check();
  await page.getByRole("checkbox", { name: documents[3]?.title ?? "" }).check();
};

export const poor = { balance: 1000, available: 1000 };
