import type { ComponentChildren } from "preact";
import type { AboutSession } from "../screens/about-session.ts";
import { spokenAmong } from "../text/languages.ts";
import { LanguageSwitch } from "./language-switch.tsx";

/** The frame of every screen of a session: whose it is, what is left, the way out. */
export function Desk(
  props: AboutSession & {
    /** Escape leaves the session from here, where no other way back stands. */
    isHome?: boolean;
    foot: ComponentChildren;
    children: ComponentChildren;
  },
) {
  const { words, context, send, onShowNames } = props;
  const { session } = context;
  const { text } = words;
  const person = (
    <>
      <span class="person-name">{words.name(session.displayName)}</span>
      <span class="balance">
        {text.balance} <strong class="amount">{words.money(session.balance)}</strong>
      </span>
    </>
  );
  return (
    <div class="desk">
      <header class="desk-top">
        {onShowNames === undefined ? (
          <p class="person">{person}</p>
        ) : (
          <button type="button" class="person person--masked" onClick={onShowNames}>
            {person}
            <span class="person-show">{text.showNames}</span>
          </button>
        )}
        <LanguageSwitch
          words={words}
          offered={spokenAmong(props.appearance.languages)}
          onChoose={props.onLanguage}
        />
        {props.isHome === true && (
          <button
            type="button"
            class="button button--sign"
            aria-label={text.wishes.title}
            onClick={() => send({ type: "open wishes" })}
          >
            <svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
              <circle class="sign-ring" cx="16" cy="16" r="12" />
              <path class="sign-half" d="M16 4a12 12 0 0 1 0 24z" />
            </svg>
          </button>
        )}
        <button
          type="button"
          class="button"
          data-back={props.isHome === true ? true : undefined}
          onClick={() => send({ type: "log out" })}
        >
          {text.logOut}
        </button>
      </header>
      <main class="desk-main">{props.children}</main>
      <footer class="desk-foot">{props.foot}</footer>
    </div>
  );
}
