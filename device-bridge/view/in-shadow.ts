import type { Site } from "../../protocol/site.ts";
import type { Release } from "../release/release.ts";

const nothing = { grey: 0, colour: 0, twoSidedSheetDiscount: 0 };

/** In shadow mode nobody pays, so no screen may tell a price. What it would be is reckoned all the same. */
export function shownSite(site: Site): Site {
  if (site.shadow !== true) return site;
  const { version } = site.prices;
  return { ...site, prices: { version, standard: nothing, devices: {} } };
}

/** The same of a release that has ended. */
export function free(release: Release | undefined): Release | undefined {
  if (release === undefined || !("outcome" in release.phase)) return release;
  const { phase } = release;
  if (!("charged" in phase.outcome)) return release;
  return { ...release, phase: { ...phase, outcome: { ...phase.outcome, charged: 0 } } } as Release;
}
