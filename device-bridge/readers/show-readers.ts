import type { OpenReaders } from "../../card-readers/open-readers.ts";
import type { ReaderShown } from "../../protocol/readers.ts";
import type { ReaderConnection, Terminal } from "../../protocol/site.ts";
import { readerIdOf } from "../view/terminal-view.ts";
import type { CardNumbers } from "./card-numbers.ts";

/** The readers of these terminals, with what is to be done about each, in words. */
export function showReaders(
  terminals: readonly Terminal[],
  about: {
    readonly readers: Pick<OpenReaders, "reader" | "state" | "siege">;
    readonly numbers: (terminal: string) => CardNumbers;
  },
): ReaderShown[] {
  const { readers, numbers } = about;
  return terminals.flatMap((terminal) =>
    terminal.readers.map((connection, index): ReaderShown => {
      const id = readerIdOf(terminal.id, index);
      const reader = readers.reader(id);
      const identity = reader?.identity();
      const state = readers.state(id);
      const made = numbers(terminal.id);
      const siege = readers.siege(id);
      return {
        id,
        reached: reachedBy(connection),
        state,
        ...(identity === undefined
          ? {}
          : {
              identity: [identity.driver, identity.model, identity.firmware, identity.unique]
                .filter((one) => one !== undefined && one !== "")
                .join(", ")
                .slice(0, 400),
            }),
        sentences: [
          ...(state === "ready" ? [] : [reader?.trouble()?.message ?? whyAbsent(connection)]),
          ...(made.kind === "refused" ? [`It makes no card numbers. ${made.sentence}`] : []),
          ...(siege === undefined ? [] : [siegeSentence(siege)]),
        ].map((sentence) => sentence.slice(0, 600)),
      };
    }),
  );
}

function reachedBy(connection: ReaderConnection): string {
  switch (connection.kind) {
    case "listen":
      return `dials in from ${connection.from?.join(", ") ?? "this machine"}`;
    case "dial":
      return `is dialled at ${connection.host}:${connection.port}`;
    case "serial":
      return `serial port ${connection.path ?? "that fits"}`;
    case "hid":
      return `USB (HID) ${connection.path ?? "that fits"}`;
    case "input-device":
      return `input device ${connection.path ?? "that fits"}`;
    case "pcsc":
      return `PC/SC ${connection.path ?? "reader that fits"}`;
    case "screen":
      return "types into the terminal's screen";
  }
}

function whyAbsent(connection: ReaderConnection): string {
  switch (connection.kind) {
    case "listen":
      return connection.from === undefined
        ? "No program of this machine is connected; it connects when it has a card."
        : "It has not dialled in. Is it switched on, and is this bridge's address set in it?";
    case "dial":
      return "It is dialled, and does not answer yet.";
    case "screen":
      return "It is read while the terminal's screen is there.";
    case "serial":
    case "hid":
    case "input-device":
    case "pcsc":
      return "Nothing that fits is plugged in.";
  }
}

function siegeSentence(siege: { unknown: number; turnedAway: number; waitMs: number }): string {
  const { unknown, turnedAway, waitMs } = siege;
  const wait = waitMs > 0 ? ` The next card is taken in ${Math.ceil(waitMs / 1_000)} s.` : "";
  return `It sends number after number, or more than any hand does: ${unknown} unknown cards in a row, ${turnedAway} readings turned away.${wait} Look who is there.`;
}
