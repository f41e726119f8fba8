import type { Link } from "../../link/client.ts";
import { ProviderSite } from "../../protocol/provider-server.ts";
import { type KeepTrying, keepTrying } from "./keep-trying.ts";

/** The server waits 25 s with its answer; this is longer. */
const timeoutMs = 40_000;

/** Hears of every change of what the provider serves, until the signal. Never throws. */
export function followSite(
  parts: {
    link: Link;
    current: () => ProviderSite;
    onSite: (site: ProviderSite) => void;
    onReached: () => void;
  } & KeepTrying,
): Promise<void> {
  const { link, current, onSite, onReached, signal } = parts;
  return keepTrying(async () => {
    const path = `/api/provider/site?after=${current().revision}`;
    const site = await link.get(path, ProviderSite, { timeoutMs, signal });
    onReached();
    if (site.revision !== current().revision) onSite(site);
  }, parts);
}
