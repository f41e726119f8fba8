/** What the header `Authorization` of a request holds. */
export type Credentials =
  | { readonly kind: "none" }
  | { readonly kind: "basic"; readonly login: string; readonly password: string }
  /** Another scheme, or nothing that can be a name and a password. */
  | { readonly kind: "unusable" };

const longest = 2048;

/** Reads HTTP Basic (RFC 7617), in UTF-8. A name with control characters is nobody's. */
export function readCredentials(authorization: string | undefined): Credentials {
  if (authorization === undefined) return { kind: "none" };
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization.trim()) ?? [];
  if (encoded === undefined || encoded.length > longest) return { kind: "unusable" };
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const login = text.slice(0, colon);
  const password = text.slice(colon + 1);
  if (colon < 1 || login.length > 128 || password === "" || password.length > 512)
    return { kind: "unusable" };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) return { kind: "unusable" };
  return { kind: "basic", login, password };
}
