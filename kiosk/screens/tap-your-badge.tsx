import type { TerminalView } from "../../protocol/kiosk.ts";
import { Counter } from "../parts/counter.tsx";
import { LanguageSwitch } from "../parts/language-switch.tsx";
import { ReaderPicture } from "../parts/reader-picture.tsx";
import type { Asked } from "../sealed.ts";
import type { FirstWords } from "../text/first-words.ts";
import { type Spoken, spokenAmong } from "../text/languages.ts";
import { useMinute } from "../use-time.ts";

/** Lines of devices that leave room for the rest. */
const mostDevices = 3;

/** Nobody is here: what to do, what is wrong if anything, and the time. */
export function TapYourBadge(props: {
  words: FirstWords;
  view: TerminalView;
  hasContrast: boolean;
  onLanguage: (language: Spoken) => void;
  onContrast: () => void;
  onAsk: (asked: Asked) => void;
}) {
  const { words, view } = props;
  const { text } = words;
  const minute = useMinute();
  const ways = view.signInWays ?? ["card"];
  const typed = ways.filter((way) => way === "number-pin" || way === "name-password");
  const takesCards = ways.some((way) => way === "card" || way === "card-pin");
  const isMissing = takesCards && view.reader === "missing";
  return (
    <Counter
      appearance={view.appearance}
      tone="accent"
      title={takesCards ? text.tapYourBadge : text.signIn.title}
      picture={<ReaderPicture mood={isMissing || !takesCards ? "off" : "inviting"} />}
      corner={
        <p class="clock">
          <time class="clock-time">{words.time(minute)}</time>
          <span class="clock-date">{words.date(minute)}</span>
        </p>
      }
      foot={
        <ul class="device-lines">
          {view.devices.slice(0, mostDevices).map((device) => (
            <li key={device.id} class={`device-line device-line--${device.state}`}>
              {words.fill(text.device[device.state], {
                device: device.name,
                problem: text.problem[device.problems[0] ?? "needs-attention"],
              })}
            </li>
          ))}
        </ul>
      }
      sideFoot={
        <div class="choices">
          <LanguageSwitch
            words={words}
            offered={spokenAmong(view.appearance.languages)}
            onChoose={props.onLanguage}
          />
          <button
            type="button"
            class="button button--sign"
            aria-label={text.contrast}
            aria-pressed={props.hasContrast}
            onClick={props.onContrast}
          >
            <svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
              <circle class="sign-ring" cx="16" cy="16" r="12" />
              <path class="sign-half" d="M16 4a12 12 0 0 1 0 24z" />
            </svg>
          </button>
        </div>
      }
    >
      {takesCards && !isMissing && <p class="counter-lead">{text.tapHint}</p>}
      {typed.length > 0 && (
        <div class="ways">
          {(takesCards ? typed.slice(0, 1) : typed).map((way) => (
            <button
              key={way}
              type="button"
              class="button"
              onClick={() => props.onAsk({ kind: "sign-in-start", way })}
            >
              {takesCards ? text.signIn.withoutCard : text.signIn[way]}
            </button>
          ))}
        </div>
      )}
      {view.appearance.help !== undefined && <p class="counter-help">{view.appearance.help}</p>}
      {isMissing && (
        <p class="counter-notice" role="alert">
          <strong>{text.readerMissing.title}</strong>{" "}
          {typed.length > 0 ? text.signIn.readerMissing : text.readerMissing.todo}
        </p>
      )}
      {!isMissing && view.server === "unreachable" && (
        <p class="counter-notice" role="status">
          {text.serverMissing}
        </p>
      )}
    </Counter>
  );
}
