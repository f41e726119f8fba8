/** Listens on every address of the machine. */
export function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

/** Where the other roles on this machine reach one that listens so. */
export function urlOf(host: string, port: number): string {
  // A wildcard is where one listens, not where one is reached.
  const reached = isWildcard(host) ? "127.0.0.1" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}
