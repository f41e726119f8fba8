import { hostname } from "node:os";

const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

/** Whether a request names this bridge by one of its own names, and comes from its own pages. */
export interface AllowedNames {
  /** Of the `Host`; `localAddress` is the address at which the request came in. */
  readonly isHost: (host: string | undefined, localAddress: string | undefined) => boolean;
  /** Of the `Origin`, which is a page of this bridge under the same name as the `Host`. */
  readonly isOrigin: (
    origin: string | undefined,
    request: { host: string | undefined; secure: boolean },
  ) => boolean;
}

/**
 * The exact names under which a screen reaches this bridge. A page of a foreign site whose name leads
 * here all the same (DNS rebinding), or that opens a WebSocket to here, has another. An address is no
 * name that somebody else could have lead here.
 */
export function allowedNames(given: {
  readonly host: string;
  readonly port: number;
  readonly hostNames: readonly string[];
}): AllowedNames {
  const { host, port, hostNames } = given;
  const own = [host, ...hostNames, hostname(), `${hostname().split(".", 1)[0]}.local`];
  const names = new Set([...loopbackNames, ...own.map(asHost)]);
  const withPort = (name: string) => [
    `${name}:${port}`,
    ...(port === 80 || port === 443 ? [name] : []),
  ];
  const hosts = new Set([...names].flatMap(withPort));
  const isHost: AllowedNames["isHost"] = (value, localAddress) => {
    const said = (value ?? "").toLowerCase();
    const address = localAddress === undefined ? [] : withPort(asHost(localAddress));
    return hosts.has(said) || address.includes(said);
  };
  return {
    isHost,
    isOrigin: (origin, request) =>
      request.host !== undefined &&
      (origin ?? "").toLowerCase() ===
        `${request.secure ? "https" : "http"}://${request.host.toLowerCase()}`,
  };
}

function asHost(name: string): string {
  const plain = name.replace(/^::ffff:(?=\d)/, "").toLowerCase();
  return plain.includes(":") ? `[${plain}]` : plain;
}
