const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Whether a request names this server by one of its own names. A page of a foreign site that makes its
 * name lead to this address (DNS rebinding) is refused by that. Loopback names are always good.
 */
export function isHostAllowed(host: string | undefined, names: readonly string[]): boolean {
  if (host === undefined || host.length > 300) return false;
  const name = host.replace(/:\d{1,5}$/, "").toLowerCase();
  return loopbackNames.includes(name) || names.some((one) => one.toLowerCase() === name);
}
