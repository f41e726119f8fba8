/** What a key does beyond what the browser does with it. */
export type KeyMeaning = "next" | "previous" | "press" | "back" | undefined;

/** Where the focus is, as far as it changes what a key means. */
export type KeyPlace =
  | "writing"
  | "radio"
  | "select"
  | "checkbox"
  | "scrolling-up"
  | "scrolling-down"
  | "other";

/**
 * What a key means on a screen that must be usable with arrows, Enter and Escape alone, as a keypad has
 * them (with Num Lock off). Letters and digits mean nothing, so that no slip of a finger or of a voice
 * does anything (WCAG 2.2, 2.1.4).
 */
export function meaningOf(key: string, place: KeyPlace): KeyMeaning {
  if (place === "writing") return undefined;
  switch (key) {
    case "Escape":
      return "back";
    case "Enter":
    case "Clear":
      // A button is pressed by Enter already.
      return place === "checkbox" || place === "radio" ? "press" : undefined;
    case "ArrowDown":
      return place === "scrolling-down" ? undefined : "next";
    case "ArrowUp":
      return place === "scrolling-up" ? undefined : "previous";
    // Within a choice they choose, as everywhere.
    case "ArrowRight":
      return chooses(place) ? undefined : "next";
    case "ArrowLeft":
      return chooses(place) ? undefined : "previous";
    default:
      return undefined;
  }
}

const chooses = (place: KeyPlace) => place === "radio" || place === "select";

/** Lets the whole page be used by keys. To be called once. */
export function listenForKeys(page: Document): void {
  page.addEventListener("keydown", (event) => {
    const { key, defaultPrevented, ctrlKey, altKey, metaKey } = event;
    if (defaultPrevented || ctrlKey || altKey || metaKey) return;
    const focused = page.activeElement ?? page.body;
    const meaning = meaningOf(key, placeOf(focused, key));
    if (meaning === undefined) return;
    event.preventDefault();
    if (meaning === "press") click(focused);
    else if (meaning === "back") click(page.querySelector("[data-back]"));
    else moveFocus(page, focused, meaning);
  });
}

function placeOf(element: Element, key: string): KeyPlace {
  if (element instanceof HTMLInputElement)
    return element.type === "radio" || element.type === "checkbox" ? element.type : "writing";
  if (element.tagName === "SELECT") return "select";
  if (element.scrollHeight <= element.clientHeight + 1 || element.tagName !== "UL") return "other";
  const below = element.scrollHeight - element.clientHeight - element.scrollTop;
  if (key === "ArrowDown" && below > 1) return "scrolling-down";
  return key === "ArrowUp" && element.scrollTop > 1 ? "scrolling-up" : "other";
}

/** From whatever has the focus, be it a heading, to the next thing that can be used. */
function moveFocus(page: Document, from: Element, way: "next" | "previous"): void {
  const all = usable(page);
  const after = all.findIndex(
    (one) => (from.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  const at = all.findIndex((one) => one.isSameNode(from));
  const last = all.length - 1;
  const place = after === -1 ? last + 1 : after;
  const next = way === "next" ? (place > last ? 0 : place) : (at === -1 ? place : at) - 1;
  all[next < 0 ? last : next]?.focus();
}

/** Of a choice only what is chosen stands in the row, as with the Tab key. */
function usable(page: Document): HTMLElement[] {
  const candidates = page.querySelectorAll<HTMLElement>('button, input, select, [tabindex="0"]');
  return Array.from(candidates).filter(
    (one) =>
      one.tabIndex >= 0 &&
      !(one instanceof HTMLInputElement && (one.disabled || isPassedOver(page, one))) &&
      one.getClientRects().length > 0,
  );
}

function isPassedOver(page: Document, one: HTMLInputElement): boolean {
  if (one.type !== "radio" || one.checked) return false;
  return page.querySelector(`input[name="${one.name}"]:checked`) !== null;
}

function click(element: Element | null): void {
  if (element instanceof HTMLElement) element.click();
}
