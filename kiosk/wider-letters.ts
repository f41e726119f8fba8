/// <reference types="vite/client" />
import address from "./style/wider-letters.css?url";

/** Adds the part of the typeface that names may need and the screen's own words do not. */
export function addWiderLetters(page: Document): void {
  const link = page.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  page.head.appendChild(link);
}
