import {
  countSide,
  newCounter,
  type PageCounter,
  type PrintedSide,
} from "../printer/printed-side.ts";

/** The output tray and the page counter: what a power cut cannot take away. */
export interface PaperTray {
  /** The device's UUID, which belongs to its memory as the counter does. */
  readonly uuid: string;
  /** Sides in the tray, oldest first. */
  sides(): readonly PrintedSide[];
  counter(): PageCounter;
  /** Rises with every change. */
  revision(): number;
  /** Takes in sides that came out. When it returns they are as lasting as this tray is. */
  put(sides: readonly PrintedSide[]): void;
  /** Someone takes the paper. The counter stays. */
  empty(): void;
  close(): void;
}

/** A tray that is gone when the program ends. */
export function trayInMemory(uuid: string): PaperTray {
  let inTray: readonly PrintedSide[] = [];
  let counted = newCounter;
  let changes = 0;
  return {
    uuid,
    sides: () => inTray,
    counter: () => counted,
    revision: () => changes,
    put(sides) {
      inTray = [...inTray, ...sides];
      counted = sides.reduce(countSide, counted);
      changes += 1;
    },
    empty() {
      inTray = [];
      changes += 1;
    },
    close() {},
  };
}
