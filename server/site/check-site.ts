import type { PriceRule, Site } from "../../protocol/site.ts";

/**
 * What is wrong with a declared site beyond the form of its parts: names used twice, or that name
 * nothing, and prices that cannot be. One sentence each, which names the thing; none for a sound site.
 */
export function faultsOfSite(site: Site): string[] {
  const devices = new Map(site.devices.map((device) => [device.id, device]));
  const unknown = (owner: string, ids: readonly string[]): string[] =>
    ids
      .filter((id) => !devices.has(id))
      .map((id) => `${owner} names the device "${id}", which is not declared.`);
  return [
    ...twice(site.devices.map(({ id }) => `The device "${id}"`)),
    ...twice(site.terminals.map(({ id }) => `The terminal "${id}"`)),
    ...twice(site.queues.map(({ name }) => `The queue "${name}"`)),
    ...site.terminals.flatMap((terminal) => {
      const owner = `The terminal "${terminal.id}"`;
      const strangers = terminal.devices
        .filter((id) => (devices.get(id)?.bridge ?? terminal.bridge) !== terminal.bridge)
        .map((id) => `${owner} has the device "${id}" of another bridge: both must have the same.`);
      return [...unknown(owner, terminal.devices), ...strangers];
    }),
    ...site.queues.flatMap((queue) => {
      const owner = `The queue "${queue.name}"`;
      const one =
        queue.kind !== "virtual" && queue.devices.length !== 1
          ? [`${owner} is ${queue.kind}, so it needs exactly one device.`]
          : [];
      const nobodys =
        queue.unclaimed === true && queue.kind === "direct"
          ? [`${owner} is direct, so it cannot keep jobs of nobody known (unclaimed).`]
          : [];
      return [...unknown(owner, queue.devices), ...one, ...nobodys];
    }),
    ...unknown("The price list", Object.keys(site.prices.devices)),
    ...[site.prices.standard, ...Object.values(site.prices.devices)].flatMap(faultsOfRule),
  ];
}

function faultsOfRule(rule: PriceRule): string[] {
  const faults: string[] = [];
  if (rule.grey < 0 || rule.colour < 0 || rule.twoSidedSheetDiscount < 0)
    faults.push("A price or discount is less than nothing.");
  if (rule.twoSidedSheetDiscount > Math.min(rule.grey, rule.colour))
    faults.push("The discount for a two-sided sheet is more than the price of one of its sides.");
  return faults;
}

function twice(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const again = seen.has(name);
    seen.add(name);
    return again ? [`${name} is declared twice.`] : [];
  });
}
