import type { TimeFactor } from "../../protocol/preferences.ts";
import { Choice } from "../parts/choice.tsx";
import { Desk } from "../parts/desk.tsx";
import { Heading } from "../parts/heading.tsx";
import type { AboutSession } from "./about-session.ts";

const times = { usual: 1, longer: 3, longest: 10 } as const satisfies Record<string, TimeFactor>;

/** How the screen is to be for this person, here and everywhere from now on. */
export function Wishes(props: AboutSession & { hasContrast: boolean }) {
  const { words, context, send } = props;
  const { wishes } = words.text;
  const { time = 1 } = context.session;
  const chosen = time === 10 ? "longest" : time === 3 ? "longer" : "usual";
  return (
    <Desk
      {...props}
      foot={
        <div class="order">
          <p class="order-note">{wishes.kept}</p>
          <button
            type="button"
            class="button button--main"
            data-back
            onClick={() => send({ type: "back" })}
          >
            {words.text.outcome.continue}
          </button>
        </div>
      }
    >
      <div class="list-head">
        <Heading>{wishes.title}</Heading>
      </div>
      <div class="setting-choices">
        <Choice
          name="contrast"
          legend={words.text.contrast}
          options={[
            { value: "no", label: wishes.contrast.no },
            { value: "yes", label: wishes.contrast.yes },
          ]}
          chosen={props.hasContrast ? "yes" : "no"}
          onChoose={(value) => send({ type: "prefer", contrast: value === "yes" })}
        />
        <Choice
          name="time"
          legend={wishes.time.title}
          options={(["usual", "longer", "longest"] as const).map((value) => ({
            value,
            label: wishes.time[value],
          }))}
          chosen={chosen}
          onChoose={(value) => send({ type: "prefer", time: times[value] })}
        />
      </div>
    </Desk>
  );
}
