import { Type } from "typebox";

/** What several parts of the configuration are made of. */
export const closed = { additionalProperties: false } as const;

export const slug = "^[a-z0-9][a-z0-9-]{0,62}$";
export const Port = Type.Integer({
  minimum: 0,
  maximum: 65535,
  description: "A port number, such as 9191.",
});
export const Host = Type.String({ minLength: 1, maxLength: 253 });
export const TlsPort = Type.Union([Port, Type.Literal("off")], {
  description: 'A port number for TLS, such as 9192, or "off".',
});
export const HostNames = Type.Array(Host, {
  maxItems: 32,
  description: "Names and addresses by which other machines reach it.",
});
