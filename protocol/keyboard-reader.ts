import { type Static, Type } from "typebox";

/** How a reader that acts as a keyboard is set; what is left out is usual. */
export const KeyboardSettings = Type.Object(
  {
    /** What it types before each number. */
    prefix: Type.Optional(Type.String({ maxLength: 16, pattern: "^[ -~]*$" })),
    /** The key that it presses after each number; `none` where silence has to do. */
    suffix: Type.Optional(
      Type.Union([
        Type.Literal("enter"),
        Type.Literal("tab"),
        Type.Literal("enter-or-tab"),
        Type.Literal("none"),
      ]),
    ),
    /** The longest pause between two of its keys, in milliseconds. */
    gapMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
  },
  { additionalProperties: false },
);
export type KeyboardSettings = Static<typeof KeyboardSettings>;
