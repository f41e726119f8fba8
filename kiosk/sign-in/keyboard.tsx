import { useEffect, useState } from "preact/hooks";
import type { Spoken } from "../text/languages.ts";
import { layoutOf, type Page } from "./keyboard-layout.ts";
import type { SignInTexts } from "./text/texts.ts";

/**
 * Keys on the screen, for whoever has no others. They act on the field that has the focus and never
 * take it; a keyboard that is plugged in types into the same field.
 */
export function Keyboard(props: {
  texts: SignInTexts;
  language: Spoken;
  onType: (character: string) => void;
  onErase: () => void;
  enter: { label: string; isOff: boolean; press: () => void };
}) {
  const { texts, onType, enter } = props;
  const [page, setPage] = useState<Page>("letters");
  const isPortrait = usePortrait();
  const rows = layoutOf({ page, language: props.language, isPortrait });
  const type = (character: string) => {
    onType(character);
    if (page === "capitals") setPage("letters");
  };
  const isAlphabet = page === "letters" || page === "capitals";
  const last = rows.length - 1;
  return (
    <div class="keys" onPointerDown={(event) => event.preventDefault()}>
      {rows.map((row, index) => (
        <div key={row.join("")} class="keys-row">
          {index === last && (
            <Key
              name={
                isAlphabet
                  ? texts.keys.shift
                  : page === "symbols"
                    ? texts.keys.more
                    : texts.keys.symbols
              }
              shown={isAlphabet ? "⇧" : page === "symbols" ? "#{é" : "123"}
              isOn={page === "capitals"}
              onPress={() =>
                setPage(
                  page === "letters"
                    ? "capitals"
                    : page === "capitals"
                      ? "letters"
                      : page === "symbols"
                        ? "more"
                        : "symbols",
                )
              }
            />
          )}
          {row.map((character) => (
            <Key key={character} shown={character} onPress={() => type(character)} />
          ))}
          {index === last && <Key name={texts.keys.erase} shown="⌫" onPress={props.onErase} />}
        </div>
      ))}
      <div class="keys-row">
        <Key
          name={isAlphabet ? texts.keys.symbols : texts.keys.letters}
          shown={isAlphabet ? "123" : "abc"}
          onPress={() => setPage(isAlphabet ? "symbols" : "letters")}
        />
        <Key shown="@" onPress={() => type("@")} />
        <Key name={texts.keys.space} shown="␣" kind="space" onPress={() => type(" ")} />
        <Key shown="." onPress={() => type(".")} />
        <Key shown="-" onPress={() => type("-")} />
        <button
          type="submit"
          class="key key--enter"
          aria-disabled={enter.isOff}
          onClick={(event) => {
            event.preventDefault();
            enter.press();
          }}
        >
          {enter.label}
        </button>
      </div>
    </div>
  );
}

/** Keys of characters are left out of the tab order: who has a Tab key has the others, too. */
export function Key(props: {
  shown: string;
  name?: string;
  kind?: "space";
  isOn?: boolean;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      tabIndex={-1}
      class={props.kind === undefined ? "key" : `key key--${props.kind}`}
      aria-label={props.name}
      aria-pressed={props.isOn}
      onClick={props.onPress}
    >
      {props.shown}
    </button>
  );
}

function usePortrait(): boolean {
  const query = "(orientation: portrait)";
  const [isPortrait, setPortrait] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const asked = matchMedia(query);
    const turned = () => setPortrait(asked.matches);
    asked.addEventListener("change", turned);
    return () => asked.removeEventListener("change", turned);
  }, []);
  return isPortrait;
}
