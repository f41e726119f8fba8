import { afterEach, expect, test } from "vitest";
import { linuxOf } from "../card-readers/wedge/key-codes.ts";
import { listenForCards } from "./keyboard-reader.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A page with one field, into which goes what nothing keeps from it. */
function openPage(settings: Parameters<typeof listenForCards>[0]["settings"] = {}) {
  const page = new EventTarget();
  const cards: string[] = [];
  const buttons: string[] = [];
  const told: string[] = [];
  const input = Object.assign(new EventTarget(), { value: "" });
  input.addEventListener("input", () => told.push(input.value));
  stops.push(
    listenForCards({
      page,
      settings,
      focused: () => input as unknown as HTMLInputElement,
      onCard: (text) => cards.push(text),
    }),
  );
  page.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    const { code } = event as KeyboardEvent;
    if (code === "Enter") buttons.push(code);
    else input.value += code.at(-1);
  });
  /** Keys at their places, one every so many milliseconds. */
  function press(codes: string, everyMs: number, from = 1_000) {
    for (const [index, code] of codes.split(" ").entries()) {
      expect(linuxOf(code)).toBeDefined();
      for (const type of ["keydown", "keyup"]) {
        const event = new Event(type, { cancelable: true });
        Object.defineProperty(event, "timeStamp", { value: from + index * everyMs });
        page.dispatchEvent(Object.assign(event, { code }));
      }
    }
  }
  return { press, cards, buttons, told, input };
}

const badge = "Digit6 Digit6 KeyC KeyF Digit4 KeyD KeyC Digit2 Enter";

test("a burst is a card, presses no button, and leaves nothing in a field", () => {
  const { press, cards, buttons, told, input } = openPage();
  input.value = "4711";
  press(badge, 5);
  expect(cards).toEqual(["66cf4dc2"]);
  expect(buttons).toEqual([]);
  expect(input.value).toBe("4711");
  expect(told).toEqual(["4711"]);
});

test("a burst that begins with the character that was typed last takes only its own out again", () => {
  const { press, cards, input } = openPage();
  press("Digit6", 5);
  expect(input.value).toBe("6");
  press(badge, 5, 9_000);
  expect(cards).toEqual(["66cf4dc2"]);
  expect(input.value).toBe("6");
});

test("what a person types stays typed", () => {
  const { press, cards, buttons, input } = openPage();
  press(badge, 120);
  expect(cards).toEqual([]);
  expect(buttons).toEqual(["Enter"]);
  expect(input.value).toBe("66CF4DC2");
});

test("with a prefix nothing of a card reaches the page, and a burst without it is typing", () => {
  const { press, cards, input } = openPage({ prefix: ";" });
  press(`Semicolon ${badge}`, 5);
  expect(cards).toEqual(["66cf4dc2"]);
  expect(input.value).toBe("");
  press(badge, 5, 9_000);
  expect(cards).toHaveLength(1);
  expect(input.value).toBe("66CF4DC2");
});

test("without a key at its end a card is ended by silence", async () => {
  const { press, cards } = openPage({ suffix: "none" });
  press(badge.replace(" Enter", ""), 5);
  await expect.poll(() => cards).toEqual(["66cf4dc2"]);
});
