import type { BridgeSite } from "../../protocol/bridge-server.ts";
import type { DeviceKnowledge } from "../../protocol/device-profile.ts";
import type { ReaderKey } from "../../protocol/reader-key.ts";
import type { Device, Site, Terminal } from "../../protocol/site.ts";

/** What of the site is this bridge's. */
export interface OwnSite {
  readonly site: Site;
  readonly devices: readonly Device[];
  readonly terminals: readonly Terminal[];
  readonly providers: BridgeSite["providers"];
  /** What is known of each device beyond what is declared. */
  readonly knowledge: ReadonlyMap<string, DeviceKnowledge>;
  /** Of its OSDP readers. */
  readonly readerKeys: readonly ReaderKey[];
}

/** Picks a bridge's own devices and terminals; a terminal keeps only devices that are its bridge's. */
export function ownSite(told: BridgeSite, bridge: string): OwnSite {
  const { site, providers } = told;
  const devices = site.devices.filter((device) => device.bridge === bridge);
  const ours = new Set(devices.map(({ id }) => id));
  const terminals = site.terminals
    .filter((terminal) => terminal.bridge === bridge)
    .map((terminal) => ({ ...terminal, devices: terminal.devices.filter((id) => ours.has(id)) }));
  const knowledge = new Map((told.devices ?? []).map((known) => [known.device, known]));
  const readerKeys = told.readerKeys ?? [];
  return { site, devices, terminals, providers, knowledge, readerKeys };
}
