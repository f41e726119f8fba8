import { type Static, Type } from "typebox";

const closed = { additionalProperties: false } as const;

/** How people sign in, for the site or a terminal. */
export const SignInInput = Type.Object(
  {
    ways: Type.Optional(
      Type.Array(
        Type.Union([
          Type.Literal("card"),
          Type.Literal("card-pin"),
          Type.Literal("number-pin"),
          Type.Literal("name-password"),
        ]),
        {
          minItems: 1,
          uniqueItems: true,
          description: "It is a list of card, card-pin, number-pin and name-password.",
        },
      ),
    ),
    linkCards: Type.Optional(
      Type.Array(Type.Union([Type.Literal("password"), Type.Literal("code")]), {
        uniqueItems: true,
        description: "How an unknown card is linked: password, code, both, or [] for not at all.",
      }),
    ),
  },
  closed,
);

/** A directory of people, over LDAP. */
export const DirectoryInput = Type.Object(
  {
    url: Type.String({
      pattern: "^ldaps?://[^\\s/]+/?$",
      description:
        "It is an address such as ldaps://dc.example.org or ldap://ldap.example.org:389.",
    }),
    startTls: Type.Optional(Type.Boolean()),
    ca: Type.Optional(
      Type.String({ description: "Path of the certificates (PEM) that signed the directory's." }),
    ),
    bind: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 512 }),
        passwordFile: Type.String({ minLength: 1 }),
      },
      {
        ...closed,
        description: "The account that searches: its name, and a file with its password.",
      },
    ),
    base: Type.String({ minLength: 1, maxLength: 512 }),
    kind: Type.Optional(
      Type.Union([Type.Literal("active-directory"), Type.Literal("ldap")], {
        description: "It is active-directory or ldap; the other defaults follow from it.",
      }),
    ),
    filter: Type.Optional(Type.String({ maxLength: 2048 })),
    attributes: Type.Optional(
      Type.Object(
        {
          id: Type.Optional(Type.String()),
          login: Type.Optional(Type.String()),
          name: Type.Optional(Type.String()),
          email: Type.Optional(Type.String()),
          cards: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 8 })),
          number: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
    group: Type.Optional(
      Type.String({ description: "DN of a group: only its members, nested ones too, may print." }),
    ),
    groupBase: Type.Optional(Type.String()),
    memberAttribute: Type.Optional(Type.String()),
    offlineDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 365 })),
  },
  closed,
);
export type DirectoryInput = Static<typeof DirectoryInput>;
