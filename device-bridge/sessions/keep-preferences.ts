import type { Link } from "../../link/client.ts";
import { LinkRefused } from "../../link/errors.ts";
import { type Preferences, PreferencesReply } from "../../protocol/preferences.ts";

export interface KeepPreferences {
  /** What a person chose at a screen: told to the server now, or when it is back. */
  keep(personId: string, wants: Preferences): void;
  /** The server may answer again. */
  wake(): void;
}

/** People whose wishes wait for a server that is away; more are not worth the memory. */
const mostWaiting = 1_000;

/**
 * Tells the server how people want screens to be. It is no fact that must last: what waits is lost with
 * the process, and the person chooses again.
 */
export function createKeepPreferences({ server }: { readonly server: Link }): KeepPreferences {
  const waiting = new Map<string, Preferences>();
  let telling = false;

  async function tell(): Promise<void> {
    if (telling) return;
    telling = true;
    try {
      for (const [personId, wants] of waiting) {
        waiting.delete(personId);
        try {
          await server.post("/api/bridge/preferences", { personId, wants }, PreferencesReply);
        } catch (error) {
          if (error instanceof LinkRefused) continue;
          waiting.set(personId, { ...wants, ...waiting.get(personId) });
          return;
        }
      }
    } finally {
      telling = false;
    }
  }

  return {
    keep(personId, wants) {
      if (!waiting.has(personId) && waiting.size >= mostWaiting) return;
      waiting.set(personId, { ...waiting.get(personId), ...wants });
      void tell();
    },
    wake: () => void tell(),
  };
}
