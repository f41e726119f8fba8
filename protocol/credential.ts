import { type Static, Type } from "typebox";
import { Base64Url, Count, Slug } from "./ids.ts";

/**
 * Who a bridge or provider is. The server makes it at enrolment and signs it; whoever knows the
 * server's public key can check it, also while the server is away. A holder proves that it has the
 * matching private key by signing a nonce; no clock is compared.
 */
export const CredentialBody = Type.Object(
  {
    subject: Slug,
    role: Type.Union([Type.Literal("bridge"), Type.Literal("provider")]),
    /** Ed25519 public key, raw 32 bytes. */
    publicKey: Base64Url,
    /** Grows with each enrolment of the subject; whoever has seen a newer one refuses the older. */
    generation: Type.Integer({ minimum: 1 }),
  },
  { additionalProperties: false },
);
export type CredentialBody = Static<typeof CredentialBody>;

export const Credential = Type.Object(
  {
    /** The body's exact bytes as they were signed: UTF-8 JSON, base64url. */
    body: Type.String({ minLength: 1, maxLength: 2048, pattern: "^[A-Za-z0-9_-]+$" }),
    /** Ed25519 signature of the server over the label `guichet-credential-1\0` and those bytes. */
    signature: Base64Url,
  },
  { additionalProperties: false },
);
export type Credential = Static<typeof Credential>;

/** POST /api/enrol: a one-time code, made by an administrator, is exchanged for a credential. */
export const EnrolRequest = Type.Object(
  {
    code: Type.String({ minLength: 8, maxLength: 64 }),
    role: Type.Union([Type.Literal("bridge"), Type.Literal("provider")]),
    publicKey: Base64Url,
    /** Where others reach it (a provider's base address); kept by the server for the bridges. */
    url: Type.Optional(Type.String({ maxLength: 512 })),
  },
  { additionalProperties: false },
);
export type EnrolRequest = Static<typeof EnrolRequest>;

export const EnrolReply = Type.Object(
  { credential: Credential, serverPublicKey: Base64Url },
  { additionalProperties: false },
);
export type EnrolReply = Static<typeof EnrolReply>;

/** POST /api/session/nonce answers with a nonce that is good for one try. */
export const NonceReply = Type.Object({ nonce: Base64Url }, { additionalProperties: false });
export type NonceReply = Static<typeof NonceReply>;

/** POST /api/session: the nonce, signed, is exchanged for a token that lives in memory only. */
export const SessionRequest = Type.Object(
  {
    credential: Credential,
    nonce: Base64Url,
    /** Ed25519 over the label `guichet-session-1\0`, the audience (`server` or the provider's id), `\0` and the nonce. */
    signature: Base64Url,
  },
  { additionalProperties: false },
);
export type SessionRequest = Static<typeof SessionRequest>;

/** The token goes into `Authorization: Bearer …`; 401 means: ask for a new one. */
export const SessionReply = Type.Object(
  { token: Base64Url, lastsSeconds: Count },
  { additionalProperties: false },
);
export type SessionReply = Static<typeof SessionReply>;

/**
 * GET /api/tls: which TLS key the role has (SHA-256 of its SubjectPublicKeyInfo), signed with the
 * Ed25519 key that it is known by over the label `guichet-tls-1`, its name (`server`, or the
 * provider's id) and the pin.
 */
export const TlsVoucher = Type.Object(
  { pin: Base64Url, signature: Base64Url },
  { additionalProperties: false },
);
export type TlsVoucher = Static<typeof TlsVoucher>;
