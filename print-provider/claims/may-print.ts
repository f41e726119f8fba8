import type { ProviderSite } from "../../protocol/provider-server.ts";

/**
 * Whether a bridge may print a job of this queue on this device: the device is of the queue's list
 * (of which none means all, for a virtual queue) and belongs to the bridge.
 */
export function mayPrint(
  site: ProviderSite,
  asked: { queue: string; device: string; bridge: string },
): boolean {
  const queue = site.queues.find(({ name }) => name === asked.queue);
  if (queue === undefined) return false;
  const listed =
    queue.devices.includes(asked.device) ||
    (queue.kind === "virtual" && queue.devices.length === 0);
  return listed && bridgeOf(site, asked.device) === asked.bridge;
}

/** The bridge that a device belongs to, or none that is known here. */
export function bridgeOf(site: ProviderSite, device: string): string | undefined {
  return Object.hasOwn(site.deviceBridges, device) ? site.deviceBridges[device] : undefined;
}
