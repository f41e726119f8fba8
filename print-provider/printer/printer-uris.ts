import type { Reached } from "./reached.ts";

/** The addresses that one answer names, all with the host name that its client used. */
export interface PrinterUris {
  readonly printer: string;
  /** Every address of the queue, the one that was used first, and whether it is TLS there. */
  readonly all: readonly { readonly uri: string; readonly security: "none" | "tls" }[];
  /** Of one job, by its IPP `job-id`. */
  readonly job: (number: number) => string;
  /** Whether they are a person's own. */
  readonly secret: boolean;
  readonly moreInfo: string;
  /** Pictures of growing size. */
  readonly icons: readonly string[];
}

/** Widths and heights that `printer-icons` shall have, PWG 5100.13 §5.6.16. */
export const iconSizes = [48, 128, 512] as const;

/** The addresses of a queue for a client that reached it so; all secret where it used a secret one. */
export function printerUris(reached: Reached, queue: string, token?: string): PrinterUris {
  const path = token === undefined ? queue : `${queue}/${token}`;
  const { authority, secure, other } = reached;
  const at = (host: string, tls: boolean) => ({
    uri: `${tls ? "ipps" : "ipp"}://${host}/printers/${path}`,
    security: tls ? ("tls" as const) : ("none" as const),
  });
  const own = at(authority, secure);
  const web = `${secure ? "https" : "http"}://${authority}`;
  return {
    printer: own.uri,
    all: other === undefined ? [own] : [own, at(other, !secure)],
    job: (number) => `${own.uri}/${number}`,
    secret: token !== undefined,
    moreInfo: `${web}/printers/${queue}`,
    icons: iconSizes.map((size) => `${web}/icons/printer-${size}.png`),
  };
}

export type Target =
  | {
      readonly kind: "queue";
      readonly queue: string;
      /** The secret part of a person's own address. */
      readonly token?: string;
      readonly jobNumber?: number;
    }
  /** `/ipp/print`: the queue, where a provider has only one. */
  | { readonly kind: "only-queue" };

/** The form of a secret part is that of `link/queue-token.ts`; some clients write it in capitals. */
const queuePath =
  /^\/printers\/([a-z0-9][a-z0-9-]{0,62})(?:\/([uU][A-Za-z2-7]{26}))?(?:\/([1-9][0-9]{0,9}))?$/;

/** What a path names: a queue, a job in it, or nothing that is here. */
export function readPath(path: string): Target | undefined {
  if (path === "/ipp/print") return { kind: "only-queue" };
  const [, queue, secret, number] = queuePath.exec(path) ?? [];
  if (queue === undefined) return undefined;
  return {
    kind: "queue",
    queue,
    ...(secret === undefined ? {} : { token: secret.toLowerCase() }),
    ...(number === undefined ? {} : { jobNumber: Number(number) }),
  };
}

/**
 * The path of a `printer-uri` or `job-uri`; undefined when it is not an address of a printer. Windows
 * writes them with http.
 */
export function pathOfUri(uri: string): string | undefined {
  if (uri.length > 1023 || !/^(ipp|http)s?:\/\//i.test(uri) || !URL.canParse(uri)) return undefined;
  return new URL(uri).pathname;
}

/**
 * The `Host` of a request as `host:port`, safe to be put into an address: a name of letters, digits,
 * dots and hyphens, or a literal IP address. Undefined for anything else. `standardPort` is the one that
 * a client leaves out.
 */
export function readAuthority(host: string | undefined, standardPort = 80): string | undefined {
  const [, name, port = String(standardPort)] =
    /^([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::([0-9]{1,5}))?$/.exec(
      host ?? "",
    ) ?? [];
  if (name === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined;
  const authority = `${name.toLowerCase()}:${port}`;
  return URL.canParse(`http://${authority}/`) ? authority : undefined;
}
