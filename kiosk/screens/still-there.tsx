import type { Appearance } from "../../protocol/site.ts";
import { Counter } from "../parts/counter.tsx";
import type { Words } from "../text/words.ts";
import { useSecondsUntil } from "../use-time.ts";

const round = 2 * Math.PI * 54;
/** The ring is full at this much time; the bridge warns about so long before (WCAG 2.2, 2.2.1). */
const fullRing = 30;

/** The bridge is about to log the person out: one press keeps the session. */
export function StillThere(props: {
  words: Words;
  appearance: Appearance;
  logOutAt: number;
  now: () => number;
  onStay: () => void;
}) {
  const { words } = props;
  const { stillThere } = words.text;
  const seconds = useSecondsUntil(props.logOutAt, props.now);
  const shown = Math.min(1, seconds / fullRing);
  return (
    <Counter
      appearance={props.appearance}
      title={stillThere.title}
      picture={
        <svg class="ring" viewBox="0 0 120 120" aria-hidden="true">
          <circle class="ring-way" cx="60" cy="60" r="54" />
          <circle
            class="ring-left"
            cx="60"
            cy="60"
            r="54"
            stroke-dasharray={round}
            stroke-dashoffset={round * (1 - shown)}
          />
          <text class="ring-number" x="60" y="60">
            {seconds}
          </text>
        </svg>
      }
    >
      <p class="counter-lead" role="timer">
        {words.count(stillThere.body, seconds)}
      </p>
      <button type="button" class="button button--main button--wide" onClick={props.onStay}>
        {stillThere.yes}
      </button>
    </Counter>
  );
}
