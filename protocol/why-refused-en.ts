import type { RefusedBecause } from "./particulars.ts";

/**
 * Why a document is refused, in English: what is said alike wherever it came from. What helps for the
 * other reasons depends on that, so each page has words of its own for them.
 */
export const whyRefusedEn = {
  "not-only-pdf":
    "It holds commands for the printer beside its pages. Save it again as a PDF and send that.",
  "more-behind": "Another document is hidden behind its end. Save it again and send that.",
  encrypted: "It opens with a password only. Save it without the password and send that.",
  damaged: "It is damaged. Save it again and send that.",
  "no-pages": "It has no pages.",
  "too-many-pages": "It has too many pages for one print. Send it in parts.",
  "analysis-failed":
    "Save it again as a PDF and send that. If that does not help, ask the help desk.",
  "too-large": "It is too large. Send it in parts.",
  "no-room": "The print server has no room at the moment. Try again later.",
} satisfies Partial<Record<RefusedBecause, string>>;
