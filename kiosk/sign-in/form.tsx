import { useEffect, useRef, useState } from "preact/hooks";
import type { SignInView } from "../../protocol/kiosk-sign-in.ts";
import { Heading } from "../parts/heading.tsx";
import type { Words } from "../text/words.ts";
import { useSecondsUntil } from "../use-time.ts";
import { Keyboard } from "./keyboard.tsx";
import { PinPad } from "./pin-pad.tsx";
import type { SignInTexts } from "./text/texts.ts";

type Step = Exclude<SignInView["step"], "link">;
type Field = "name" | "secret";

/** What each step asks for, and with which keys. */
const steps: Record<
  Step,
  { name?: "number" | "login"; secret: "pin" | "password" | "code"; keys: "pad" | "keyboard" }
> = {
  pin: { secret: "pin", keys: "pad" },
  number: { name: "number", secret: "pin", keys: "pad" },
  password: { name: "login", secret: "password", keys: "keyboard" },
  "link-code": { secret: "code", keys: "pad" },
  "link-password": { name: "login", secret: "password", keys: "keyboard" },
};
const longest: Record<Field, number> = { name: 128, secret: 256 };

/** The fields of a step with their keys. What is typed stays in this screen until it is sent. */
export function Form(props: {
  words: Words;
  texts: SignInTexts;
  step: Step;
  signIn: SignInView;
  waitUntil: number;
  now: () => number;
  /** Another way of signing in, if there is one. */
  other: { label: string; press: () => void } | undefined;
  onCancel: () => void;
  onTry: (typed: { name?: string; secret: string }) => void;
}) {
  const { words, texts, step, signIn } = props;
  const asks = steps[step];
  const isPad = asks.keys === "pad";
  const [typed, setTyped] = useState<Record<Field, string>>({ name: "", secret: "" });
  const [active, setActive] = useState<Field>(asks.name === undefined ? "secret" : "name");
  const fields = { name: useRef<HTMLInputElement>(null), secret: useRef<HTMLInputElement>(null) };
  const seconds = useSecondsUntil(props.waitUntil, props.now);
  const mustWait = signIn.problem === "slow-down" && seconds > 0;

  useEffect(() => fields[active].current?.focus(), [active]);
  // A wrong secret is typed anew; the name stays.
  useEffect(() => {
    if (signIn.problem === null) return;
    setTyped((before) => ({ ...before, secret: "" }));
    setActive("secret");
    fields.secret.current?.focus();
  }, [signIn.problem, signIn.checking]);

  const set = (field: Field, value: string) => {
    const allowed = isPad ? value.replace(/\D/g, "") : value;
    setTyped((before) => ({ ...before, [field]: allowed.slice(0, longest[field]) }));
  };
  const needsName = asks.name !== undefined && typed.name.trim() === "";
  const isOff = signIn.checking || mustWait || typed.secret === "" || needsName;
  const goesOn = active === "name" && typed.secret === "";
  const enter = () => {
    if (goesOn && !needsName) setActive("secret");
    else if (!isOff)
      props.onTry({
        ...(asks.name === undefined ? {} : { name: typed.name.trim() }),
        secret: typed.secret,
      });
  };
  const submit = step.startsWith("link") ? texts.link_ : texts.signIn;
  const keys = {
    texts,
    onType: (character: string) => set(active, typed[active] + character),
    onErase: () => set(active, [...typed[active]].slice(0, -1).join("")),
    enter: {
      label: goesOn ? texts.next : submit,
      isOff: goesOn ? needsName : isOff,
      press: enter,
    },
  };
  const field = (which: Field, label: string) => {
    const common = {
      ref: fields[which],
      class: "field-input",
      id: `field-${which}`,
      name: which,
      // The screen has keys of its own, and what is typed is nobody else's.
      inputMode: "none",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: false,
      maxLength: longest[which],
      "aria-invalid": signIn.problem === "wrong",
      value: typed[which],
      onFocus: () => setActive(which),
      onInput: (event: { currentTarget: HTMLInputElement }) =>
        set(which, event.currentTarget.value),
    } as const;
    return (
      <label class="field" for={`field-${which}`}>
        <span class="field-name">{label}</span>
        {which === "secret" ? (
          <input {...common} type="password" />
        ) : (
          <input {...common} type="text" />
        )}
      </label>
    );
  };

  return (
    <form
      class={`sign-in sign-in--${asks.keys}`}
      onSubmit={(event) => {
        event.preventDefault();
        enter();
      }}
    >
      <header class="sign-in-top">
        <Heading class="sign-in-title">{texts[step].title}</Heading>
        <div class="sign-in-ways">
          {props.other !== undefined && (
            <button type="button" class="button button--quiet" onClick={props.other.press}>
              {props.other.label}
            </button>
          )}
          <button type="button" class="button" onClick={props.onCancel}>
            {texts.cancel}
          </button>
        </div>
      </header>
      <main class="sign-in-fields">
        {asks.name !== undefined && field("name", texts.fields[asks.name])}
        {field("secret", texts.fields[asks.secret])}
        <p class="sign-in-said" role="status">
          {signIn.checking && texts.checking}
        </p>
        <p class="sign-in-problem" role="alert">
          {!signIn.checking && problemOf({ words, texts, step, signIn, seconds })}
        </p>
      </main>
      {isPad ? <PinPad {...keys} /> : <Keyboard {...keys} language={words.language} />}
    </form>
  );
}

function problemOf(about: {
  words: Words;
  texts: SignInTexts;
  step: Step;
  signIn: SignInView;
  seconds: number;
}): string {
  const { words, texts, step, seconds } = about;
  const { problem } = about.signIn;
  switch (problem) {
    case null:
      return "";
    case "wrong":
      return texts.problem.wrong[step];
    case "unknown-card":
      return texts.link.title;
    case "slow-down":
      return seconds > 0 ? words.count(texts.wait, seconds) : "";
    default:
      return texts.problem[problem];
  }
}
