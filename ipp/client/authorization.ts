import { createHash, randomBytes } from "node:crypto";

/** What a device is told when it asks who speaks. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface Authorization {
  /** The header for the next request; undefined while nothing was asked for. */
  header(request: { readonly method: string; readonly path: string }): string | undefined;
  /**
   * Takes a `WWW-Authenticate` header. False when there is nothing new to say to it: no credentials,
   * no scheme that we know, or they were refused.
   */
  learn(challenge: string | undefined): boolean;
}

interface Digest {
  readonly algorithm: "MD5" | "SHA-256";
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly qop: boolean;
}

type Scheme = { readonly kind: "basic" } | { readonly kind: "digest"; readonly digest: Digest };

/**
 * HTTP authentication of one client: Digest (RFC 7616, `auth` only) where the device offers it, else
 * Basic (RFC 7617). Once it was asked for, it is said with every request, so that a document is never
 * begun only to be refused.
 */
export function createAuthorization(credentials: Credentials | undefined): Authorization {
  let scheme: Scheme | undefined;
  let count = 0;

  return {
    header({ method, path }) {
      if (credentials === undefined || scheme === undefined) return undefined;
      if (scheme.kind === "basic") {
        const { user, password } = credentials;
        return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
      }
      count += 1;
      return digestHeader({ digest: scheme.digest, credentials, method, path, count });
    },
    learn(challenge) {
      if (credentials === undefined) return false;
      const offered = schemeOf(challenge ?? "");
      const isSame = JSON.stringify(offered) === JSON.stringify(scheme);
      if (offered === undefined || isSame) return false;
      scheme = offered;
      count = 0;
      return true;
    },
  };
}

function schemeOf(challenge: string): Scheme | undefined {
  const at = challenge.search(/\bDigest\s/i);
  if (at >= 0) {
    const digest = digestOf(challenge.slice(at, at + 2_000));
    if (digest !== undefined) return { kind: "digest", digest };
  }
  return /\bBasic\b/i.test(challenge) ? { kind: "basic" } : undefined;
}

function digestOf(challenge: string): Digest | undefined {
  const said = new Map(
    [...challenge.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)].map(
      ([, name = "", quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? ""],
    ),
  );
  const nonce = said.get("nonce");
  const algorithm = (said.get("algorithm") ?? "MD5").toUpperCase();
  if (nonce === undefined || (algorithm !== "MD5" && algorithm !== "SHA-256")) return undefined;
  const qops = said.get("qop")?.split(/\s*,\s*/);
  if (qops !== undefined && !qops.includes("auth")) return undefined;
  const realm = said.get("realm") ?? "";
  return { algorithm, realm, nonce, opaque: said.get("opaque"), qop: qops !== undefined };
}

function digestHeader(options: {
  readonly digest: Digest;
  readonly credentials: Credentials;
  readonly method: string;
  readonly path: string;
  readonly count: number;
}): string {
  const { digest, credentials, method, path, count } = options;
  const { algorithm, realm, nonce, opaque, qop } = digest;
  const hash = (...parts: string[]) =>
    createHash(algorithm === "MD5" ? "md5" : "sha256")
      .update(parts.join(":"))
      .digest("hex");
  const secret = hash(credentials.user, realm, credentials.password);
  const request = hash(method, path);
  const nc = count.toString(16).padStart(8, "0");
  const cnonce = randomBytes(8).toString("hex");
  const response = qop
    ? hash(secret, nonce, nc, cnonce, "auth", request)
    : hash(secret, nonce, request);
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
  return [
    `Digest username=${quoted(credentials.user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(path)}`,
    `algorithm=${algorithm}`,
    `response="${response}"`,
    ...(qop ? ["qop=auth", `nc=${nc}`, `cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
  ].join(", ");
}
