import { describe, expect, it } from "vitest";
import { meaningOf } from "./keys.ts";

describe("a key", () => {
  it("moves, presses and goes back wherever nobody is writing", () => {
    expect(meaningOf("ArrowDown", "other")).toBe("next");
    expect(meaningOf("ArrowLeft", "checkbox")).toBe("previous");
    expect(meaningOf("Enter", "checkbox")).toBe("press");
    expect(meaningOf("Escape", "other")).toBe("back");
    for (const key of ["ArrowDown", "ArrowLeft", "Enter", "Escape"])
      expect(meaningOf(key, "writing")).toBeUndefined();
  });

  it("leaves to the browser what the browser does: a button's Enter, a choice, a list that scrolls", () => {
    expect(meaningOf("Enter", "other")).toBeUndefined();
    expect(meaningOf("ArrowRight", "radio")).toBeUndefined();
    expect(meaningOf("ArrowDown", "radio")).toBe("next");
    expect(meaningOf("ArrowLeft", "select")).toBeUndefined();
    expect(meaningOf("ArrowUp", "select")).toBe("previous");
    expect(meaningOf("ArrowDown", "scrolling-down")).toBeUndefined();
  });

  it("that is a letter or a digit does nothing (WCAG 2.2, 2.1.4)", () => {
    for (const key of ["a", "5", "*", " ", "Tab"]) expect(meaningOf(key, "other")).toBeUndefined();
  });
});
