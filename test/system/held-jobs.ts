import type { TestSite } from "./test-site.ts";

/** How many jobs the provider holds, by its own metrics. */
export async function heldJobs(site: TestSite): Promise<number> {
  const reply = await fetch(`http://127.0.0.1:${site.ports.provider}/metrics`);
  const held = /^guichet_provider_jobs\{state="held"\} (\d+)$/m.exec(await reply.text());
  return Number(held?.[1] ?? 0);
}
