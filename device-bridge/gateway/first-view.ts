import type { TerminalView, ToKiosk } from "../../protocol/kiosk.ts";
import { FIRST_VIEW_ID } from "../../protocol/kiosk-page.ts";

const place = `<script type="application/json" id="${FIRST_VIEW_ID}">`;

/**
 * The kiosk's page with what there is to see now written into it, so that a screen that was just
 * switched on waits for nothing more. The page is for whoever asks at this address: what belongs to a
 * person is left to the WebSocket. A page without a place for it, as another build may have, stays as
 * it is.
 */
export function withFirstView(page: string, view: TerminalView | undefined): string {
  if (view === undefined || view.session !== null) return page;
  const message: ToKiosk = { type: "view", revision: 0, view };
  // Within a script element `<` is all that could end it, or open a comment in it.
  const json = JSON.stringify(message).replaceAll("<", "\\u003c");
  return page.replace(place, () => `${place}${json}`);
}
