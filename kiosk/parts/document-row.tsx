import type { DocumentView } from "../../protocol/kiosk.ts";
import { canBeChosen, type Here, isReady } from "../session-view.ts";
import type { Words } from "../text/words.ts";
import { Sheet, Sliders, Tick } from "./signs.tsx";

/** One document of the list; the whole line is the target of a touch. */
export function DocumentRow(props: {
  words: Words;
  document: DocumentView;
  isChosen: boolean;
  isTooMuch: boolean;
  /** What the device in use makes of it that the person did not ask for. */
  here: Here;
  /** Whether there is anything to set at a release of it, and whether it was set. */
  mayBeSet: boolean;
  isSet: boolean;
  onSettings: () => void;
  now: Date;
  onChoose: () => void;
}) {
  const { words, document } = props;
  const titleId = `title-${document.jobId}`;
  const aboutId = `about-${document.jobId}`;
  const { counted } = document;
  return (
    <li class={`row row--${document.state} ${props.isChosen ? "row--chosen" : ""}`}>
      <label class="row-touch">
        <input
          class="row-input"
          type="checkbox"
          checked={props.isChosen}
          disabled={!canBeChosen(document)}
          aria-labelledby={titleId}
          aria-describedby={aboutId}
          onChange={props.onChoose}
        />
        <span class="row-box">
          <Tick />
        </span>
        <Sheet pages={counted?.pages} colour={hasColour(document)} />
        <span class="row-words">
          <span id={titleId} class="row-title">
            {words.name(document.title)}
          </span>
          <span id={aboutId} class="row-about">
            <span class="row-parts">
              {particularsOf(words, document, props.now).map((part) => (
                <span key={part} class="row-part">
                  {part}
                </span>
              ))}
            </span>
            {remarksOn(words, document, props).map((remark) => (
              <strong key={remark} class="row-remark">
                {remark}
              </strong>
            ))}
          </span>
        </span>
        {isReady(document) && (
          <span class={`row-price amount ${props.isTooMuch ? "row-price--much" : ""}`}>
            {words.money(document.counted.price)}
          </span>
        )}
      </label>
      {props.mayBeSet && (
        <button
          type="button"
          class="button button--sign row-set"
          aria-label={words.fill(words.text.settings.open, { title: words.name(document.title) })}
          onClick={props.onSettings}
        >
          <Sliders isSet={props.isSet} />
        </button>
      )}
    </li>
  );
}

function hasColour(document: DocumentView): boolean {
  const { counted } = document;
  return counted !== undefined && counted.colourMode === "colour" && counted.colourPages > 0;
}

/** Pages, colour, sides, copies and when it was sent: what the person needs to know it by. */
function particularsOf(words: Words, document: DocumentView, now: Date): string[] {
  const { text } = words;
  const sent = words.when(document.submittedAt, now);
  const { counted } = document;
  if (counted === undefined) return [sent];
  const colour = !hasColour(document)
    ? text.grey
    : counted.colourPages >= counted.pages
      ? text.colour
      : words.count(text.inColour, counted.colourPages);
  const copies = counted.copies > 1 ? [words.count(text.copies, counted.copies)] : [];
  return [
    words.count(text.pages, counted.pages),
    ...layoutOf(words, counted),
    ...copies,
    colour,
    text.sides[counted.sides],
    sent,
  ];
}

/** Where not every page has a side of its own: which ones come, how, and on how much paper. */
function layoutOf(words: Words, counted: NonNullable<DocumentView["counted"]>): string[] {
  const { text } = words;
  const { chosenPages, numberUp = 1, sheets } = counted;
  const chosen = chosenPages === undefined ? [] : [words.fill(text.chosenPages, { chosenPages })];
  const together = numberUp === 1 ? [] : [words.fill(text.numberUp, { n: numberUp })];
  const layout = [...chosen, ...together];
  return layout.length === 0 ? [] : [...layout, words.count(text.sheets, sheets)];
}

function remarksOn(
  words: Words,
  document: DocumentView,
  { isTooMuch, here }: { isTooMuch: boolean; here: Here },
): string[] {
  const { text } = words;
  const remarks: string[] = [];
  if (document.state === "refused")
    remarks.push(`${text.document.refused} ${words.whyRefused(document.refusedBecause)}`);
  else if (document.state !== "ready") remarks.push(text.document[document.state]);
  else if (document.counted === undefined) remarks.push(text.document.analysing);
  if (document.partlyPrinted !== undefined)
    remarks.push(words.fill(text.partlyPrinted, document.partlyPrinted));
  if (document.state === "ready") {
    if (here.cannot.length > 0) remarks.push(words.cannot(here.cannot));
    if (here.elsewhere.length > 0)
      remarks.push(words.fill(text.possibleAt, { devices: here.elsewhere.join(", ") }));
    if (here.turnsGrey) remarks.push(text.greyHere);
  }
  if (document.maybePrinted === true) remarks.push(text.maybePrinted);
  if (isTooMuch) remarks.push(text.costsTooMuch);
  return remarks;
}
