import type { TerminalView } from "../protocol/kiosk.ts";
import type { FIRST_VIEW_ID } from "../protocol/kiosk-page.ts";
import { readMessage } from "./read-message.ts";

const id: typeof FIRST_VIEW_ID = "first-view";

/**
 * The view that the bridge wrote into the page, so that the first screen waits for no WebSocket;
 * undefined where it wrote none that can be understood. It is taken as critically as any message.
 */
export function firstViewOf(page: Document): TerminalView | undefined {
  const message = readMessage(page.getElementById(id)?.textContent);
  return message?.type === "view" ? message.view : undefined;
}
