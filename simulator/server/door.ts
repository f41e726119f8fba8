import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { behaves } from "../printer/habits.ts";
import type { PrinterHost } from "./printer-host.ts";

/** How the device meets a request before it reads a word of IPP. */
export type Welcome =
  | { readonly kind: "in" }
  /** The connection ends without a word. */
  | { readonly kind: "drop" }
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly sentence: string;
      readonly headers: Readonly<Record<string, string>>;
    };

export interface Password {
  readonly user: string;
  readonly password: string;
}

const realm = "Guichet Virtual MFP";

/** The habits of the device that are HTTP's and not IPP's: sleep, passwords, lengths, TLS. */
export function createDoor(options: {
  readonly host: PrinterHost;
  readonly password: Password;
  /** Milliseconds without a word after which it sleeps, and that it needs to wake. */
  readonly sleepAfterMs: number;
  readonly wakeMs: number;
}): (request: IncomingMessage) => Welcome {
  const { host, password, sleepAfterMs, wakeMs } = options;
  const nonce = randomBytes(16).toString("hex");
  let heardAt = Number.NEGATIVE_INFINITY;
  let awakeFrom = Number.NEGATIVE_INFINITY;

  function isAsleep(): boolean {
    const now = host.now();
    const working = host.state().jobs.some(({ stage }) => stage.kind !== "ended");
    if (!working && now - heardAt > sleepAfterMs && now >= awakeFrom) awakeFrom = now + wakeMs;
    heardAt = now;
    return now < awakeFrom;
  }

  return (request) => {
    const printer = host.state();
    const { headers } = request;
    if (behaves(printer, "sleeps") && isAsleep()) return { kind: "drop" };
    if (behaves(printer, "tls") && !("encrypted" in request.socket))
      return refused(426, "This device wants TLS.", { upgrade: "TLS/1.2", connection: "Upgrade" });
    if (behaves(printer, "asks-password") && !isBasic(headers.authorization, password))
      return refused(401, "Say who you are.", { "www-authenticate": `Basic realm="${realm}"` });
    if (behaves(printer, "asks-digest") && !isDigest(request, password, nonce)) {
      const challenge = `Digest realm="${realm}", qop="auth", algorithm=SHA-256, nonce="${nonce}"`;
      return refused(401, "Say who you are.", { "www-authenticate": challenge });
    }
    if (behaves(printer, "no-chunks") && headers["content-length"] === undefined)
      return refused(411, "This device wants to know how long the document is.");
    return { kind: "in" };
  };
}

function refused(
  status: number,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): Welcome {
  return { kind: "refused", status, sentence, headers };
}

function isBasic(said: string | undefined, { user, password }: Password): boolean {
  const right = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  return isSame(said ?? "", right);
}

/** RFC 7616 §3.4 with qop=auth and SHA-256. */
function isDigest(
  { headers, method = "" }: IncomingMessage,
  { user, password }: Password,
  nonce: string,
): boolean {
  const said = new Map(
    [...(headers.authorization ?? "").matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(
      ([, name = "", quoted, plain]) => [name, quoted ?? plain ?? ""],
    ),
  );
  if (said.get("nonce") !== nonce || said.get("username") !== user) return false;
  const hash = (...parts: string[]) => createHash("sha256").update(parts.join(":")).digest("hex");
  const right = hash(
    hash(user, realm, password),
    nonce,
    said.get("nc") ?? "",
    said.get("cnonce") ?? "",
    "auth",
    hash(method, said.get("uri") ?? ""),
  );
  return isSame(said.get("response") ?? "", right);
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
