import { type Static, Type } from "typebox";
import { Count, Language, LoginName, Money, Sentence, Text, Uuid } from "./ids.ts";
import { CardNumber, PersonNumber, Pin } from "./sign-in.ts";

/** One person of a list, by the number of its line; what is left out stays as it is. */
export const ImportRow = Type.Object(
  {
    line: Type.Integer({ minimum: 1 }),
    login: LoginName,
    displayName: Type.Optional(Text),
    email: Type.Optional(Text),
    department: Type.Optional(Text),
    office: Type.Optional(Text),
    language: Type.Optional(Language),
    number: Type.Optional(PersonNumber),
    restricted: Type.Optional(Type.Boolean()),
    /** Given beside those that there are. */
    badges: Type.Optional(Type.Array(CardNumber, { maxItems: 16 })),
    /** Set where there is none yet. */
    pin: Type.Optional(Pin),
    /** Booked once, when the person is made. */
    credit: Type.Optional(Money),
  },
  { additionalProperties: false },
);
export type ImportRow = Static<typeof ImportRow>;

/** POST /api/admin/import: a part of a list, in a run that has an id. A dry run changes nothing. */
export const ImportRequest = Type.Object(
  {
    run: Uuid,
    dryRun: Type.Boolean(),
    rows: Type.Array(ImportRow, { minItems: 1, maxItems: 1000 }),
  },
  { additionalProperties: false },
);
export type ImportRequest = Static<typeof ImportRequest>;

/** What became of a line, or would. */
export const ImportResult = Type.Object(
  {
    line: Type.Integer(),
    login: Type.String(),
    result: Type.Union([
      Type.Literal("added"),
      Type.Literal("changed"),
      Type.Literal("unchanged"),
      Type.Literal("refused"),
    ]),
    /** What is changed, for people. */
    what: Type.Optional(Type.Array(Type.String())),
    sentence: Type.Optional(Sentence),
  },
  { additionalProperties: false },
);
export type ImportResult = Static<typeof ImportResult>;

export const ImportReply = Type.Object(
  { results: Type.Array(ImportResult) },
  { additionalProperties: false },
);
export type ImportReply = Static<typeof ImportReply>;

/**
 * POST /api/admin/import/end: the list is over. Who came by an earlier import and is not in this one is
 * a leaver: told, or disabled. More than a fifth of all are only disabled with `force`: then it is
 * rather the list that is cut.
 */
export const ImportEnd = Type.Object(
  {
    run: Uuid,
    dryRun: Type.Boolean(),
    leavers: Type.Union([Type.Literal("keep"), Type.Literal("disable")]),
    force: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type ImportEnd = Static<typeof ImportEnd>;

export const ImportEndReply = Type.Object(
  {
    leavers: Count,
    disabled: Count,
    /** The first hundred. */
    logins: Type.Array(Type.String(), { maxItems: 100 }),
    sentence: Type.Optional(Sentence),
  },
  { additionalProperties: false },
);
export type ImportEndReply = Static<typeof ImportEndReply>;
