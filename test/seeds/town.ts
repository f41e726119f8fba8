import type { BridgeNode } from "./bridge-node.ts";
import type { DeviceNode } from "./device-node.ts";
import type { Host } from "./host.ts";
import type { Network } from "./network.ts";
import type { ProviderNode } from "./provider-node.ts";
import type { Random } from "./random.ts";
import type { Scene } from "./scene.ts";
import type { ServerNode } from "./server-node.ts";
import type { Weather } from "./weather.ts";
import type { World } from "./world.ts";

/** One history's machines, people and papers, and the weather that they live in. */
export interface Town {
  readonly world: World;
  readonly network: Network;
  readonly weather: Weather;
  readonly random: Random;
  readonly scene: Scene;
  readonly server: ServerNode;
  readonly provider: ProviderNode;
  readonly bridges: ReadonlyMap<string, BridgeNode>;
  readonly devices: ReadonlyMap<string, DeviceNode>;
  /** What people pressed. */
  readonly presses: Press[];
}

export interface Press {
  readonly intentId: string;
  readonly device: string;
  readonly jobs: number;
  /** Whether the screen was told that it is stored. */
  wasAccepted: boolean;
}

/** The processes that can die. */
export function hostsOf({ server, provider, bridges }: Town): [Host, ...Host[]] {
  return [server.host, provider.host, ...[...bridges.values()].map(({ host }) => host)];
}

/** The bridge that a device belongs to. */
export function bridgeOf({ scene, bridges }: Town, device: string): BridgeNode {
  const bridge = bridges.get(scene.devices.get(device) ?? "");
  if (bridge === undefined) throw new Error(`${device} belongs to no bridge.`);
  return bridge;
}
