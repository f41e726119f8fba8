import { useEffect, useRef } from "preact/hooks";
import type { SignInView } from "../../protocol/kiosk-sign-in.ts";
import type { Appearance, SignInWay } from "../../protocol/site.ts";
import { Counter } from "../parts/counter.tsx";
import { ReaderPicture } from "../parts/reader-picture.tsx";
import { type Asked, sealed } from "../sealed.ts";
import type { Words } from "../text/words.ts";
import { Form } from "./form.tsx";
import { en } from "./text/en.ts";
import { fr } from "./text/fr.ts";
import type { SignInTexts } from "./text/texts.ts";

const texts: Record<Words["language"], SignInTexts> = { en, fr };
/** A sign of whoever types, every so often, is enough for the bridge. */
const touchMs = 5_000;
/** Whoever signs in without a card may have taken the wrong way. */
const otherWay: { [S in SignInView["step"]]?: "number-pin" | "name-password" } = {
  number: "name-password",
  password: "number-pin",
};

/** Somebody signs in by typing, or links a card that nobody has. */
export function SignIn(props: {
  words: Words;
  appearance: Appearance;
  signIn: SignInView;
  /** The ways that are open here. */
  ways: readonly SignInWay[];
  /** When the next try is open after too many wrong ones, by the clock `now`. */
  waitUntil: number;
  now: () => number;
  onAsk: (asked: Asked) => void;
}) {
  const { words, signIn, onAsk, now } = props;
  const { signInId } = signIn;
  const own = texts[words.language];
  const other = otherWay[signIn.step];
  const touchedAt = useRef(now());
  const cancel = () => onAsk({ kind: "sign-in-cancel", signInId });
  useEffect(() => {
    const touch = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key === "Escape") cancel();
      else if (now() - touchedAt.current >= touchMs) {
        touchedAt.current = now();
        onAsk({ kind: "sign-in-touch", signInId });
      }
    };
    addEventListener("pointerdown", touch);
    addEventListener("keydown", touch);
    return () => {
      removeEventListener("pointerdown", touch);
      removeEventListener("keydown", touch);
    };
  }, [signInId]);

  if (signIn.step === "link")
    return (
      <Counter
        appearance={props.appearance}
        title={own.link.title}
        picture={<ReaderPicture mood="refused" />}
        sideFoot={
          <button type="button" class="button button--fill" onClick={cancel}>
            {own.cancel}
          </button>
        }
      >
        <p class="counter-lead">{own.link.lead}</p>
        <div class="buttons">
          {signIn.linkBy.map((way) => (
            <button
              key={way}
              type="button"
              class="button button--main"
              onClick={() => onAsk({ kind: "sign-in-choose", signInId, way })}
            >
              {own.link[way]}
            </button>
          ))}
        </div>
        {props.appearance.help !== undefined && <p class="counter-help">{props.appearance.help}</p>}
      </Counter>
    );
  return (
    <Form
      key={`${signInId} ${signIn.step}`}
      words={words}
      texts={own}
      step={signIn.step}
      signIn={signIn}
      waitUntil={props.waitUntil}
      now={now}
      other={
        other !== undefined && props.ways.includes(other)
          ? {
              label: words.text.signIn[other],
              press: () => onAsk({ kind: "sign-in-start", way: other }),
            }
          : undefined
      }
      onCancel={cancel}
      onTry={({ name, secret }) =>
        onAsk({
          kind: "sign-in",
          signInId,
          ...(name === undefined ? {} : { name }),
          secret: sealed(secret),
        })
      }
    />
  );
}
