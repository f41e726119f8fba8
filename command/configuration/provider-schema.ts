import { Type } from "typebox";
import { closed, Host, HostNames, Port, slug, TlsPort } from "./schema-parts.ts";

const IdentityWay = Type.Union([
  Type.Literal("basic"),
  Type.Literal("address"),
  Type.Literal("server"),
  Type.Literal("name"),
]);

export const QueueInput = Type.Object(
  {
    info: Type.Optional(Type.String({ maxLength: 120 })),
    kind: Type.Union([Type.Literal("virtual"), Type.Literal("secure"), Type.Literal("direct")]),
    devices: Type.Optional(Type.Array(Type.String({ pattern: slug }))),
    holdHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 8760 })),
    identity: Type.Optional(
      Type.Array(IdentityWay, {
        minItems: 1,
        uniqueItems: true,
        description: "How the queue tells whose a job is: basic, address, server, name; in order.",
      }),
    ),
    unclaimed: Type.Optional(
      Type.Boolean({
        description: "Whether a job of nobody known waits for who has its code; refused if not.",
      }),
    ),
    announce: Type.Optional(
      Type.Boolean({ description: "Whether computers and phones nearby find it by themselves." }),
    ),
  },
  closed,
);

/** Where the provider listens, and whose word it takes. */
export const ProviderInput = Type.Object(
  {
    id: Type.Optional(Type.String({ pattern: slug })),
    host: Type.Optional(Host),
    port: Type.Optional(Port),
    url: Type.Optional(Type.String()),
    tlsPort: Type.Optional(TlsPort),
    hostNames: Type.Optional(HostNames),
    postScript: Type.Optional(
      Type.Boolean({
        description:
          "Whether PostScript is taken where Ghostscript is installed and can be kept from everything.",
      }),
    ),
    trustedNetworks: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        description: "Networks whose word for a user's name is taken, such as 10.1.0.0/16.",
      }),
    ),
    trustedServers: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        maxItems: 256,
        description: "Addresses of print servers that say whose a job is, such as 10.1.0.5.",
      }),
    ),
    serviceAccounts: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
        maxItems: 64,
        description:
          "Log-in names that print servers sign in with; what they say about a job's owner is taken.",
      }),
    ),
    sharedAddresses: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        maxItems: 256,
        description: "Addresses that several people's computers share; no code is shown by them.",
      }),
    ),
    unclaimedHours: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 168,
        description: "Hours for which a job of nobody known waits for its owner; 8.",
      }),
    ),
    passwordsKeptHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 720,
        description: "Hours for which a password is good while the server is away; 24.",
      }),
    ),
  },
  closed,
);
