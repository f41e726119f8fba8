const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

export interface AllowedNames {
  /** Values of `Host` under which the kiosk is served. */
  readonly hosts: ReadonlySet<string>;
  /** Values of `Origin` from which its WebSocket is opened. */
  readonly origins: ReadonlySet<string>;
}

/**
 * The exact names under which a screen reaches this bridge. A page of a foreign site whose name leads
 * here all the same (DNS rebinding), or that opens a WebSocket to here, has another.
 */
export function allowedNames(host: string, port: number): AllowedNames {
  const own = host.includes(":") ? `[${host}]` : host;
  const names = new Set([...loopbackNames, own.toLowerCase()]);
  const hosts = new Set([...names].map((name) => `${name}:${port}`));
  if (port === 80) for (const name of names) hosts.add(name);
  return { hosts, origins: new Set([...hosts].map((name) => `http://${name}`)) };
}
