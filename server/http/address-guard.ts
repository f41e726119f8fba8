import { BlockList, isIP } from "node:net";
import { asGuard, type RouteGuard } from "../../link/route-guards.ts";
import { sendRefusal } from "../../link/routes.ts";

export type AddressGuard = RouteGuard;

/**
 * A route's guard that lets in loopback and the named addresses (`192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`).
 * Throws a sentence for a name that is no address, at start and not at the first request.
 */
export function fromAddresses(allowed: readonly string[]): AddressGuard {
  const list = new BlockList();
  list.addSubnet("127.0.0.0", 8, "ipv4");
  list.addAddress("::1", "ipv6");
  for (const one of allowed) addTo(list, one);
  return asGuard((request, reply, done) => {
    if (isInside(list, request.ip)) {
      done();
      return;
    }
    sendRefusal(reply, "not-allowed", "This address may not ask for that. Allow it first.");
  });
}

function addTo(list: BlockList, one: string): void {
  const [address = "", prefix] = one.split("/");
  const kind = isIP(address);
  const bits = prefix === undefined ? undefined : Number(prefix);
  const most = kind === 4 ? 32 : 128;
  if (kind === 0 || (bits !== undefined && !(Number.isInteger(bits) && bits >= 0 && bits <= most)))
    throw new Error(`"${one}" is not an address. Write it like 192.0.2.7 or 192.0.2.0/24.`);
  const family = kind === 4 ? "ipv4" : "ipv6";
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, bits, family);
}

/** IPv4 callers of a dual-stack socket appear as ::ffff:192.0.2.7. */
function isInside(list: BlockList, ip: string): boolean {
  const address = ip.startsWith("::ffff:") && isIP(ip.slice(7)) === 4 ? ip.slice(7) : ip;
  return list.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
}
