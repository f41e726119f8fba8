import type { Outcome as Ending, ReleaseView } from "../../protocol/kiosk.ts";
import { Desk } from "../parts/desk.tsx";
import { Heading } from "../parts/heading.tsx";
import { DoneSign, PartSign, WarningSign } from "../parts/signs.tsx";
import { newlyEnded } from "../session-view.ts";
import type { Words } from "../text/words.ts";
import type { AboutSession } from "./about-session.ts";

/** What came out, what was charged for it, and what was given back. */
export function Outcome(props: AboutSession) {
  const { words, context, send } = props;
  const { text } = words;
  const ended = newlyEnded(context.session, context.seen);
  const endings = ended.map(endingOf);
  const charged = endings.reduce((sum, one) => sum + ("charged" in one ? one.charged : 0), 0);
  const givenBack = endings.reduce((sum, one) => sum + ("givenBack" in one ? one.givenBack : 0), 0);
  return (
    <Desk
      {...props}
      foot={
        <div class="order">
          <p class="order-note">{charged > 0 ? text.outcome.takePaper : ""}</p>
          <button
            type="button"
            class="button button--main"
            data-back
            onClick={() => send({ type: "continue" })}
          >
            {text.outcome.continue}
          </button>
        </div>
      }
    >
      <div class="outcome">
        <div class="outcome-words">
          <div role="status">
            <Heading id="screen-title">{titleOf(words, endings)}</Heading>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it */}
          <ul class="outcome-list" tabIndex={0} aria-labelledby="screen-title">
            {ended.map((release) => (
              <Line key={release.releaseId} words={words} release={release} />
            ))}
          </ul>
        </div>
        <dl class="receipt">
          <dt>{text.outcome.charged}</dt>
          <dd class="amount">{words.money(charged)}</dd>
          {givenBack > 0 && (
            <>
              <dt>{text.outcome.givenBack}</dt>
              <dd class="amount">{words.money(givenBack)}</dd>
            </>
          )}
          <dt class="receipt-total">{text.outcome.newBalance}</dt>
          <dd class="receipt-total amount">{words.money(context.session.balance)}</dd>
        </dl>
      </div>
    </Desk>
  );
}

/** An ended release without an outcome is one that nobody could tell about. */
function endingOf(release: ReleaseView): Ending {
  return release.outcome ?? { kind: "uncertain" };
}

function titleOf(words: Words, endings: readonly Ending[]): string {
  const { outcome } = words.text;
  const all = (kind: Ending["kind"]) => endings.every((one) => one.kind === kind);
  if (all("printed")) return words.count(outcome.allPrinted, endings.length);
  if (all("not-printed")) return words.count(outcome.nonePrinted, endings.length);
  if (all("uncertain")) return outcome.uncertain;
  return outcome.somePrinted;
}

function Line(props: { words: Words; release: ReleaseView }) {
  const ending = endingOf(props.release);
  return (
    <li class={`ending ending--${ending.kind}`}>
      <SignOf kind={ending.kind} />
      <p>
        <strong class="line-title">{props.words.name(props.release.title)}</strong>
        <span class="ending-words">{sentencesOf(props.words, ending).join(" ")}</span>
      </p>
    </li>
  );
}

function SignOf(props: { kind: Ending["kind"] }) {
  switch (props.kind) {
    case "printed":
      return <DoneSign />;
    case "partly-printed":
    case "not-printed":
      return <PartSign />;
    case "uncertain":
      return <WarningSign />;
  }
}

function sentencesOf(words: Words, ending: Ending): string[] {
  const { outcome, problem } = words.text;
  switch (ending.kind) {
    case "printed":
      return [
        `${words.count(outcome.printed, ending.impressions)}, ${words.money(ending.charged)}`,
      ];
    case "partly-printed": {
      const counted = { printed: ending.impressions, wanted: ending.wanted };
      const what = `${words.fill(outcome.partlyPrinted, counted)}, ${words.money(ending.charged)}.`;
      const why = ending.problem === undefined ? [] : [`${problem[ending.problem]}.`];
      return [what, ...why, outcome.keptFor];
    }
    case "not-printed":
      return [
        ...(ending.cannot === undefined ? [] : [`${words.cannot(ending.cannot)}.`]),
        outcome.notPrinted[ending.reason],
      ];
    case "uncertain":
      return [outcome.uncertainLine];
  }
}
