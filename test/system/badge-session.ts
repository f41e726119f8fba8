import { everythingTold } from "./everything-told.ts";
import type { KioskClient } from "./kiosk-client.ts";
import { tapBadge } from "./peers.ts";
import type { TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

/** Badges of people whom a new site has. */
export const badges = { alice: "66CF4DC2", bob: "946EBD28" } as const;

/**
 * Taps unless a session is open already: the same badge again would end it. What was printed before is
 * in the list from the start.
 */
export async function logIn(
  site: TestSite,
  kiosk: KioskClient,
  who: keyof typeof badges = "alice",
): Promise<void> {
  if (kiosk.view()?.session) return;
  await everythingTold(site);
  await holdBadge(site, badges[who]);
  await kiosk.until(`a session of ${who}`, ({ session }) => session !== null);
}

/**
 * A reader takes a badge that comes again within two seconds for one that lies there, so it is held to it
 * until it was let through. Not longer: one tap that was heard is enough for a session.
 */
async function holdBadge(site: TestSite, badge: string): Promise<void> {
  let wasHeard = false;
  const end = site.roles.bridge.onLog(({ event }) => {
    if (event === "tap") wasHeard = true;
  });
  const isHeard = () => waitFor("a tap", () => wasHeard, 3_000).catch(() => false);
  try {
    await waitFor(
      "a reader that takes the badge",
      () => tapBadge(site.ports.reader, badge).then(isHeard),
      30_000,
    );
  } finally {
    end();
  }
}

export async function logOut(kiosk: KioskClient): Promise<void> {
  await kiosk.press({ kind: "log-out" });
  await kiosk.until("nobody", ({ session }) => session === null);
}
