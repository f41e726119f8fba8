/** Listens on every address of the machine. */
export function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

/** The host at which this machine reaches one that listens so: a wildcard is none. */
export function reachedAt(host: string): string {
  return isWildcard(host) ? "127.0.0.1" : host;
}

/** Where the other roles on this machine reach one that listens so. */
export function urlOf(host: string, port: number): string {
  const reached = reachedAt(host);
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}
