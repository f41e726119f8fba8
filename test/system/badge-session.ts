import { everythingTold } from "./everything-told.ts";
import type { KioskClient } from "./kiosk-client.ts";
import { tapBadge } from "./peers.ts";
import type { TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

/** Badges of people whom a new site has. */
export const badges = { alice: "66CF4DC2", bob: "946EBD28" } as const;

/**
 * Taps unless a session is open already: the same badge again would end it. What was printed before is
 * in the list from the start. A reader takes a badge that comes again within two seconds for one that
 * lies there, so it is held to it until somebody is signed in.
 */
export async function logIn(
  site: TestSite,
  kiosk: KioskClient,
  who: keyof typeof badges = "alice",
): Promise<void> {
  if (kiosk.view()?.session) return;
  await everythingTold(site);
  await waitFor(
    `a session of ${who}`,
    async () => {
      await tapBadge(site.ports.reader, badges[who]);
      const opened = kiosk.until("a session", ({ session }) => session !== null, 3_000);
      return await opened.catch(() => undefined);
    },
    30_000,
  );
}

export async function logOut(kiosk: KioskClient): Promise<void> {
  await kiosk.press({ kind: "log-out" });
  await kiosk.until("nobody", ({ session }) => session === null);
}
