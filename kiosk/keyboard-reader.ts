import {
  amongPeople,
  flushKeys,
  flushKeysAt,
  mayBeCard,
  noKeys,
  pushKey,
  type WedgeSettings,
} from "../card-readers/wedge/codec.ts";

/** What of a key event is looked at. */
type KeyPressed = Event &
  Pick<KeyboardEvent, "code" | "repeat" | "ctrlKey" | "altKey" | "metaKey" | "timeStamp">;

/** A field of the page, with what was in it before a burst of keys began. */
type Field = { readonly input: HTMLInputElement; readonly text: string };

/**
 * Reads a reader that acts as a keyboard of this machine: what it types is told as a card, and is kept
 * from everything else in the page once it can be told from typing. Its first keys, which cannot, are
 * taken out again of the field that they went into. Gives back a function that ends it.
 */
export function listenForCards(options: {
  page: EventTarget;
  settings: Partial<WedgeSettings>;
  /** The field that has the focus, if any. */
  focused: () => HTMLInputElement | undefined;
  onCard: (text: string) => void;
}): () => void {
  const { page, focused, onCard } = options;
  const settings = { ...amongPeople, ...options.settings };
  let state = noKeys;
  let field: Field | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const take = (read: string) => {
    if (field !== undefined) restore(field);
    field = undefined;
    onCard(read);
  };

  const hear = (event: Event) => {
    const { code, repeat, ctrlKey, altKey, metaKey, timeStamp } = event as KeyPressed;
    if (repeat) return;
    clearTimeout(silence);
    const key = ctrlKey || altKey || metaKey ? `With a modifier: ${code}` : code;
    const was = state;
    const step = pushKey(was, { key, down: event.type === "keydown", at: timeStamp }, settings);
    state = step.state;
    // The first character of a burst, also where the one before was this very character alone.
    const isNew = state.text !== was.text || state.lastAt !== was.lastAt;
    if (state.text.length === 1 && isNew) field = fieldOf(focused());
    const isCard = step.read !== undefined || mayBeCard(state, settings);
    if (isCard && event.type === "keydown") {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (step.read !== undefined) take(step.read);
    const due = flushKeysAt(state, settings);
    if (due === undefined) return;
    silence = setTimeout(() => {
      const ended = flushKeys(state, due, settings);
      state = ended.state;
      if (ended.read !== undefined) take(ended.read);
    }, due - timeStamp);
  };
  // A key that goes up elsewhere is never heard of here.
  const forget = () => {
    state = noKeys;
  };

  page.addEventListener("keydown", hear, { capture: true });
  page.addEventListener("keyup", hear, { capture: true });
  page.addEventListener("blur", forget);
  return () => {
    clearTimeout(silence);
    page.removeEventListener("keydown", hear, { capture: true });
    page.removeEventListener("keyup", hear, { capture: true });
    page.removeEventListener("blur", forget);
  };
}

function fieldOf(input: HTMLInputElement | undefined): Field | undefined {
  return input === undefined ? undefined : { input, text: input.value };
}

function restore({ input, text }: Field): void {
  if (input.value === text) return;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
