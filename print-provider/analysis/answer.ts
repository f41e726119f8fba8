import { type Static, Type } from "typebox";
import { Check } from "typebox/value";

const Run = Type.Object({
  count: Type.Integer({ minimum: 1 }),
  colour: Type.Boolean(),
  widthPt: Type.Number(),
  heightPt: Type.Number(),
});

/** What it answers. It read a hostile document, so its answer is checked like a stranger's. */
export const Answer = Type.Object({
  id: Type.Integer(),
  result: Type.Union([
    Type.Object({
      kind: Type.Literal("counted"),
      runs: Type.Array(Run, { minItems: 1, maxItems: 100_000 }),
      copies: Type.Optional(Type.Integer({ minimum: 2 })),
    }),
    Type.Object({
      kind: Type.Literal("refused"),
      reason: Type.Union([
        Type.Literal("unsupported"),
        Type.Literal("not-only-pdf"),
        Type.Literal("more-behind"),
        Type.Literal("encrypted"),
        Type.Literal("damaged"),
        Type.Literal("no-pages"),
        Type.Literal("too-many-pages"),
        Type.Literal("too-complex"),
        Type.Literal("analysis-failed"),
      ]),
      sentence: Type.String({ maxLength: 500 }),
    }),
    Type.Object({ kind: Type.Literal("unreadable"), sentence: Type.String({ maxLength: 500 }) }),
  ]),
});
export type Answer = Static<typeof Answer>;

export function isAnswer(message: unknown): message is Answer {
  return Check(Answer, message);
}
