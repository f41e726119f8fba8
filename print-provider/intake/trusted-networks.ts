import { BlockList, isIP } from "node:net";

/** Networks of this machine itself. */
export const loopbackNetworks = ["127.0.0.0/8", "::1/128"] as const;

/**
 * Makes the check whether an address is in one of the networks, given as `10.1.0.0/16` or as one
 * address. Throws with a sentence on anything else.
 */
export function trustedNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) addTo(list, network);
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? "ipv4" : "ipv6");
  };
}

/** An IPv4 peer of a socket that listens on both comes as ::ffff:192.0.2.1: its IPv4 address. */
export function plainAddress(address: string): string {
  return address.startsWith("::ffff:") && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

function addTo(list: BlockList, network: string): void {
  const [address = "", prefix, ...rest] = network.split("/");
  const family = isIP(address);
  const bits = family === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  if (family === 0 || rest.length > 0 || !Number.isInteger(length) || length < 0 || length > bits)
    throw new Error(`"${network}" is not a network. Write it like 10.1.0.0/16 or as one address.`);
  list.addSubnet(address, length, family === 4 ? "ipv4" : "ipv6");
}
