import type { TestSite } from "./test-site.ts";
import { waitFor } from "./wait-for.ts";

/**
 * Waits until the documents that came in are counted and the server was told of them: who taps before
 * that sees them seconds later, when the list is asked for again.
 */
export async function everythingTold(site: TestSite): Promise<void> {
  await waitFor("the server to be told of all documents", async () => {
    const reply = await fetch(`http://127.0.0.1:${site.ports.provider}/metrics`);
    const text = await reply.text();
    const isZero = (name: string) => new RegExp(`^guichet_provider_${name} 0$`, "m").test(text);
    return isZero("analyses_waiting") && isZero("changes_not_told");
  });
}
