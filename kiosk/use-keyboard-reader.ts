import { useEffect } from "preact/hooks";
import type { KeyboardSettings } from "../protocol/keyboard-reader.ts";

const againMs = 2_000;

/** Reads a reader that acts as a keyboard of this machine, where the terminal has one. */
export function useKeyboardReader(options: {
  settings: KeyboardSettings | undefined;
  onCard: (text: string) => void;
}): void {
  const { settings, onCard } = options;
  const set = settings === undefined ? undefined : JSON.stringify(settings);
  useEffect(() => {
    if (settings === undefined) return;
    let stop: (() => void) | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const start = () => {
      import("./keyboard-reader.ts")
        .then(({ listenForCards }) => {
          if (!isOver) stop = listenForCards({ page: window, settings, focused, onCard });
        })
        .catch(() => {
          if (!isOver) again = setTimeout(start, againMs);
        });
    };
    start();
    return () => {
      isOver = true;
      clearTimeout(again);
      stop?.();
    };
  }, [set]);
}

function focused(): HTMLInputElement | undefined {
  const { activeElement } = document;
  return activeElement instanceof HTMLInputElement ? activeElement : undefined;
}
