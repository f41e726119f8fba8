import { attribute, integer, keyword, range } from "../../ipp/build.ts";
import { handlingAttributes } from "../../ipp/handling-attributes.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import type { Particulars } from "../../protocol/particulars.ts";

/**
 * How the job is to be printed, as job template attributes (RFC 8011 §5.2). What is as every device
 * does it anyway is left out, since some refuse attributes that they do not know.
 */
export function jobTemplate(particulars: Particulars): IppAttribute[] {
  const { copies, sides, colourMode, media, pageRanges = [], numberUp = 1 } = particulars;
  const template: IppAttribute[] = [attribute("sides", keyword(sides))];
  if (copies > 1) template.push(attribute("copies", integer(copies)));
  if (colourMode === "grey") template.push(attribute("print-color-mode", keyword("monochrome")));
  if (pageRanges.length > 0)
    template.push(
      attribute("page-ranges", ...pageRanges.map(([lower, upper]) => range(lower, upper))),
    );
  if (numberUp > 1) template.push(attribute("number-up", integer(numberUp)));
  return [...template, ...handlingAttributes(particulars.handling ?? {}, media)];
}

/** Whether the device said that it will not make the copies that were asked for. */
export function ignoresCopies(
  unsupported: readonly IppAttribute[],
  { copies }: Particulars,
): boolean {
  return copies > 1 && unsupported.some(({ name }) => name === "copies");
}
