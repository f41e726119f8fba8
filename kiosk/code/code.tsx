import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CodeView } from "../../protocol/unclaimed.ts";
import { Heading } from "../parts/heading.tsx";
import { sealed } from "../sealed.ts";
import type { SessionEvent } from "../session-event.ts";
import { isCodeAsked } from "../session-view.ts";
import { PinPad } from "../sign-in/pin-pad.tsx";
import type { Words } from "../text/words.ts";
import { useSecondsUntil } from "../use-time.ts";
import { type CodeTexts, codeTexts } from "./text.ts";

const digits = 8;

/** A person types the code of a document that came from nobody known. */
export function Code(props: {
  words: Words;
  code: CodeView;
  /** The press that the answer must be to; what was typed before does not count. */
  pressId: string | undefined;
  now: () => number;
  send: (event: SessionEvent) => void;
}) {
  const { words, now, send } = props;
  const texts = codeTexts[words.language];
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const state = stateOf(props.code, props.pressId);
  const waitUntil = useMemo(() => now() + props.code.waitMs, [props.code]);
  const seconds = useSecondsUntil(waitUntil, now);
  const mustWait = state === "slow-down" && seconds > 0;
  const isOff = typed.length < digits || state === "asking" || mustWait;

  useEffect(() => input.current?.focus(), []);
  // A wrong code is typed anew, not mended.
  useEffect(() => {
    if (state === "wrong") setTyped("");
  }, [state, props.pressId]);

  const set = (text: string) => setTyped(text.replace(/\D/g, "").slice(0, digits));
  const enter = () => {
    if (!isOff) send({ type: "type code", code: sealed(typed) });
  };
  return (
    <form
      class="sign-in sign-in--pad"
      onSubmit={(event) => {
        event.preventDefault();
        enter();
      }}
    >
      <header class="sign-in-top">
        <Heading class="sign-in-title">{texts.title}</Heading>
        <div class="sign-in-ways">
          <button type="button" class="button" data-back onClick={() => send({ type: "back" })}>
            {texts.cancel}
          </button>
        </div>
      </header>
      <main class="sign-in-fields">
        <label class="field" for="field-code">
          <span class="field-name">{texts.field}</span>
          <input
            ref={input}
            class="field-input"
            id="field-code"
            type="text"
            // The screen has keys of its own.
            inputMode="none"
            autocomplete="off"
            spellcheck={false}
            maxLength={digits + 1}
            aria-invalid={state === "wrong"}
            aria-describedby="code-where"
            value={typed.replace(/^(\d{4})(?=\d)/, "$1 ")}
            // Elsewhere Escape does this by itself; the screen that comes must not hear it, too.
            onKeyDown={(event) => {
              if (event.key !== "Escape") return;
              event.preventDefault();
              send({ type: "back" });
            }}
            onInput={(event) => set(event.currentTarget.value)}
          />
        </label>
        <p id="code-where">{texts.where}</p>
        <p class="sign-in-said" role="status">
          {state === "asking" && texts.checking}
        </p>
        <p class="sign-in-problem" role="alert">
          {problemOf({ words, texts, state, seconds })}
        </p>
      </main>
      <PinPad
        texts={texts}
        onType={(digit) => set(typed + digit)}
        onErase={() => set(typed.slice(0, -1))}
        enter={{ label: texts.take, isOff, press: enter }}
      />
    </form>
  );
}

function stateOf(code: CodeView, pressId: string | undefined): CodeView["state"] {
  if (isCodeAsked(code, pressId)) return "asking";
  return code.pressId === pressId ? code.state : "none";
}

function problemOf(about: {
  words: Words;
  texts: CodeTexts;
  state: CodeView["state"];
  seconds: number;
}): string {
  const { words, texts, state, seconds } = about;
  switch (state) {
    case "wrong":
    case "unreachable":
      return texts[state];
    case "slow-down":
      return seconds > 0 ? words.count(texts.wait, seconds) : "";
    case "none":
    case "asking":
    case "taken":
      return "";
  }
}
