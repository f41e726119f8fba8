import { type AttributeSource, collectionOf } from "../read.ts";
import { countOf } from "./device-values.ts";

/**
 * Impressions by colour, PWG 5100.7 `job-impressions-completed-col` and PWG 5100.22
 * `printer-impressions-completed-col`. Sides of one-sided and of two-sided sheets are counted apart
 * there and together here. `blank` sides carry no print.
 */
export interface ImpressionsByColor {
  readonly monochrome: number;
  readonly fullColor: number;
  readonly highlightColor: number;
  readonly blank: number;
}

/** Reads such a collection; undefined when it is absent or has none of its members. */
export function impressionsByColorOf(
  source: AttributeSource,
  name: string,
): ImpressionsByColor | undefined {
  const members = collectionOf(source, name);
  if (members === undefined) return undefined;
  let known = false;
  const both = (member: string) => {
    const oneSided = countOf(members, member);
    const twoSided = countOf(members, `${member}-two-sided`);
    known ||= oneSided !== undefined || twoSided !== undefined;
    return (oneSided ?? 0) + (twoSided ?? 0);
  };
  const impressions = {
    monochrome: both("monochrome"),
    fullColor: both("full-color"),
    highlightColor: both("highlight-color"),
    blank: both("blank"),
  };
  return known ? impressions : undefined;
}

/** All sides that carry print. */
export function printedImpressions(by: ImpressionsByColor): number {
  return by.monochrome + by.fullColor + by.highlightColor;
}
