import type { SessionEvent } from "../session-event.ts";
import { printOrder, type SessionContext } from "../session-setup.ts";
import { priceOf } from "../session-view.ts";
import type { Words } from "../text/words.ts";

/**
 * *Print all* and *Print*, with what each would cost, and why not where one cannot be pressed.
 * A button that cannot be pressed stays reachable, so that its reason can be found.
 */
export function PrintButtons(props: {
  words: Words;
  context: SessionContext;
  send: (event: SessionEvent) => void;
}) {
  const { words, context, send } = props;
  const { text } = words;
  const chosen = printOrder(context, "chosen");
  const all = printOrder(context, "all");
  const hasChosen = chosen.documents.length > 0;
  const cost = (documents: typeof all.documents) => words.money(priceOf(documents));
  return (
    <div class="order">
      <p id="order-note" class="order-note" role="status">
        {noteOn(words, context)}
      </p>
      <button
        type="button"
        class={`button ${hasChosen ? "" : "button--main"}`}
        aria-disabled={all.hindrance !== undefined}
        aria-describedby="order-note"
        onClick={() => send({ type: "print all" })}
      >
        {text.printAll}
        {all.documents.length > 0 && (
          <span class="button-cost amount" aria-hidden="true">
            {cost(all.documents)}
          </span>
        )}
      </button>
      <button
        type="button"
        class={`button ${hasChosen ? "button--main" : ""}`}
        aria-disabled={chosen.hindrance !== undefined}
        aria-describedby="order-note"
        onClick={() => send({ type: "print" })}
      >
        {text.print}
        {hasChosen && (
          <span class="button-cost amount" aria-hidden="true">
            {chosen.documents.length} · {cost(chosen.documents)}
          </span>
        )}
      </button>
    </div>
  );
}

/** What would be printed, or what is in the way. */
function noteOn(words: Words, context: SessionContext): string {
  const { toPrint, documents: some, pages } = words.text;
  const chosen = printOrder(context, "chosen");
  const { documents, hindrance } =
    chosen.documents.length > 0 ? chosen : printOrder(context, "all");
  const isAll = chosen.documents.length === 0;
  const values = {
    price: words.money(priceOf(documents)),
    available: words.money(context.session.available),
  };
  if (hindrance === "device-blocked") return toPrint["device-blocked"];
  if (hindrance === "not-enough-credit")
    return words.fill(toPrint[isAll ? "all-not-enough-credit" : "not-enough-credit"], values);
  if (isAll) return documents.length === 0 ? "" : toPrint["nothing-chosen"];
  const impressions = documents.reduce((sum, one) => sum + one.counted.impressions, 0);
  return `${words.count(some, documents.length)}, ${words.count(pages, impressions)}, ${values.price}`;
}
