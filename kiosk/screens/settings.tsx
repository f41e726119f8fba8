import { Choice } from "../parts/choice.tsx";
import { Desk } from "../parts/desk.tsx";
import { Heading } from "../parts/heading.tsx";
import { Stepper } from "../parts/stepper.tsx";
import { mostCopies, settableHere } from "../print-settings.ts";
import { documentBeingSet, printOrder } from "../session-setup.ts";
import { priceOf, type ReadyDocument } from "../session-view.ts";
import type { Words } from "../text/words.ts";
import type { AboutSession } from "./about-session.ts";

/** How one document is to be printed this time, with the price that follows at once. */
export function Settings(props: AboutSession) {
  const { words, context, send } = props;
  const { text } = words;
  const sent = documentBeingSet(context);
  const { documents, device, hindrance } = printOrder(context, "set");
  const [document] = documents;
  if (sent === undefined || document === undefined) return null;
  const can = settableHere(sent, device);
  const price = words.money(priceOf(documents));
  const values = { price, available: words.money(context.session.available) };
  return (
    <Desk
      {...props}
      foot={
        <div class="order">
          <p id="order-note" class="order-note" role="status">
            {hindrance === "device-blocked" && text.toPrint["device-blocked"]}
            {hindrance === "not-enough-credit" &&
              words.fill(text.toPrint["not-enough-credit"], values)}
            {hindrance === undefined && summaryOf(words, document)}
          </p>
          <button type="button" class="button" data-back onClick={() => send({ type: "back" })}>
            {text.outcome.continue}
          </button>
          <button
            type="button"
            class="button button--main"
            aria-disabled={hindrance !== undefined}
            aria-describedby="order-note"
            onClick={() => send({ type: "print" })}
          >
            {text.print}
            <span class="button-cost amount" aria-hidden="true">
              {price}
            </span>
          </button>
        </div>
      }
    >
      <div class="list-head">
        <Heading>{text.settings.title}</Heading>
        <p class="setting-title">{words.name(document.title)}</p>
      </div>
      <div class="setting-choices">
        <Choices words={words} document={document} can={can} send={send} />
      </div>
    </Desk>
  );
}

function Choices(props: {
  words: Words;
  document: ReadyDocument;
  can: ReturnType<typeof settableHere>;
  send: AboutSession["send"];
}) {
  const { words, can, send } = props;
  const { text } = words;
  const { copies, sides, colourMode } = props.document.counted;
  const twoSided = sides === "two-sided-short-edge" ? sides : "two-sided-long-edge";
  return (
    <>
      {can.has("copies") && (
        <Stepper
          legend={text.settings.copies}
          less={text.settings.fewer}
          more={text.settings.more}
          value={copies}
          said={words.fill("{n}", { n: copies })}
          most={mostCopies}
          onChange={(value) => send({ type: "set", settings: { copies: value } })}
        />
      )}
      {can.has("sides") && (
        <Choice
          name="sides"
          legend={text.settings.sides}
          options={[
            { value: "one-sided", label: text.sides["one-sided"] },
            { value: twoSided, label: text.sides[twoSided] },
          ]}
          chosen={sides}
          onChoose={(value) => send({ type: "set", settings: { sides: value } })}
        />
      )}
      {can.has("colourMode") && (
        <Choice
          name="colour"
          legend={text.settings.colour}
          options={[
            { value: "colour", label: text.colour },
            { value: "grey", label: text.grey },
          ]}
          chosen={colourMode}
          onChoose={(value) => send({ type: "set", settings: { colourMode: value } })}
        />
      )}
      {can.size === 0 && <p class="setting-none">{text.settings.none}</p>}
    </>
  );
}

function summaryOf(words: Words, { counted }: ReadyDocument): string {
  const { pages, sheets } = words.text;
  return `${words.count(pages, counted.impressions)}, ${words.count(sheets, counted.sheets)}`;
}
