import type { KeyObject } from "node:crypto";
import { createIppClient, type IppClient } from "../../ipp/client/client.ts";
import type { DeviceTrust } from "../../ipp/client/connect.ts";
import { createLink, type Link } from "../../link/client.ts";
import type { Credential } from "../../protocol/credential.ts";
import type { OwnSite } from "./own-site.ts";

export interface Identity {
  readonly credential: Credential;
  readonly privateKey: KeyObject;
  readonly serverPublicKey: string;
}

/** Everybody whom the bridge calls. Connections are kept, and made anew when an address changes. */
export interface Outside {
  readonly server: Link;
  provider(id: string): Link | undefined;
  providers(): readonly { readonly id: string; readonly link: Link }[];
  device(id: string): IppClient | undefined;
  setSite(site: OwnSite): void;
  close(): void;
}

interface Kept<T> {
  readonly it: T;
  close(): void;
}

const linkMs = 5_000;
/** A device takes no byte for long while it prints what it has, or waits for paper. */
const deviceTimeouts = { connect: 3_000, headers: 60_000, idle: 15 * 60_000 } as const;

/** Makes the links and clients of a bridge; nothing is called yet. */
export function createOutside(options: {
  readonly serverUrl: string;
  readonly identity: Identity;
}): Outside {
  const { serverUrl, identity } = options;
  const { credential, privateKey } = identity;
  const link = (baseUrl: string, audience: string, peerKey: string) =>
    createLink({ baseUrl, audience, credential, privateKey, peerKey, timeoutMs: linkMs });
  const server = link(serverUrl, "server", identity.serverPublicKey);
  const providers = new Map<string, Kept<Link> & { made: string }>();
  const devices = new Map<string, Kept<IppClient> & { made: string }>();

  return {
    server,
    provider: (id) => providers.get(id)?.it,
    providers: () => [...providers].map(([id, { it }]) => ({ id, link: it })),
    device: (id) => devices.get(id)?.it,
    setSite(site) {
      keep(providers, site.providers, ({ id, url, publicKey }) => {
        const it = link(url, id, publicKey);
        return { it, close: () => it.close() };
      });
      // Only what it is reached by: a new name or profile must not break off what is being sent.
      const reached = site.devices.map(({ id, url }) => {
        const { key, credentials } = site.knowledge.get(id) ?? {};
        return { id, url, key, credentials };
      });
      keep(devices, reached, ({ url: uri, key, credentials }) => {
        const trust = trustOf(key);
        const it = createIppClient({ uri, trust, credentials, timeouts: deviceTimeouts });
        return { it, close: () => it.close() };
      });
    },
    close() {
      server.close();
      for (const { close } of providers.values()) close();
      for (const { close } of devices.values()) close();
    },
  };
}

/** A device whose key no person has trusted must be vouched for by an authority. */
export function trustOf(key: string | undefined): DeviceTrust {
  return key === undefined ? "authorities" : { publicKey256: key };
}

/** Brings what is kept in line with what there is; what changed in any way is made anew. */
function keep<T, W extends { readonly id: string }>(
  kept: Map<string, Kept<T> & { made: string }>,
  wanted: readonly W[],
  make: (one: W) => Kept<T>,
): void {
  const now = new Map(wanted.map((one) => [one.id, { one, from: JSON.stringify(one) }]));
  for (const [id, it] of kept)
    if (now.get(id)?.from !== it.made) {
      kept.delete(id);
      it.close();
    }
  for (const [id, { one, from }] of now)
    if (!kept.has(id)) kept.set(id, { ...make(one), made: from });
}
