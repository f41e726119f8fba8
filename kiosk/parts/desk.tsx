import type { ComponentChildren } from "preact";
import type { SessionView } from "../../protocol/kiosk.ts";
import type { Appearance } from "../../protocol/site.ts";
import { type Spoken, spokenAmong } from "../text/languages.ts";
import type { Words } from "../text/words.ts";
import { LanguageSwitch } from "./language-switch.tsx";

/** The frame of every screen of a session: whose it is, what is left, the way out. */
export function Desk(props: {
  words: Words;
  appearance: Appearance;
  session: SessionView;
  onLanguage: (language: Spoken) => void;
  onLogOut: () => void;
  foot: ComponentChildren;
  children: ComponentChildren;
}) {
  const { words, session } = props;
  return (
    <div class="desk">
      <header class="desk-top">
        <p class="person">
          <span class="person-name">{session.displayName}</span>
          <span class="balance">
            {words.text.balance} <strong class="amount">{words.money(session.balance)}</strong>
          </span>
        </p>
        <LanguageSwitch
          words={words}
          offered={spokenAmong(props.appearance.languages)}
          onChoose={props.onLanguage}
        />
        <button type="button" class="button" onClick={props.onLogOut}>
          {words.text.logOut}
        </button>
      </header>
      <main class="desk-main">{props.children}</main>
      <footer class="desk-foot">{props.foot}</footer>
    </div>
  );
}
