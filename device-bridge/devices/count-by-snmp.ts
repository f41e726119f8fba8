import { parseDeviceUri } from "../../ipp/client/address.ts";
import type { Device } from "../../protocol/site.ts";
import type { SnmpAddress } from "./read-snmp.ts";

/** A device that is asleep may lose a packet; the next look asks again. */
const answerMs = 1_000;

/** Where a declared device answers SNMP. */
export function snmpAddressOf({ url, snmp }: Pick<Device, "url" | "snmp">): SnmpAddress {
  const { host } = parseDeviceUri(url);
  return { host, port: snmp?.port ?? 161, community: snmp?.community ?? "public" };
}

/** A device's own counter over SNMP; undefined when it does not answer. Never throws. */
export async function countBySnmp(
  device: Pick<Device, "url" | "snmp">,
): Promise<number | undefined> {
  // Loaded where a device is asked so, which few are.
  const { readSnmpCounter } = await import("./read-snmp.ts");
  return (await readSnmpCounter(snmpAddressOf(device), answerMs))?.count;
}
