import { isDict, nameOf, PdfDamage, type PdfDict, type PdfObject } from "../pdf/pdf-object.ts";
import { type ColourSpace, componentsOf, initialColour, isGrey } from "./colour-space.ts";
import type { Judge, Paint, PaintState } from "./judge.ts";
import { patternIsColour } from "./nested-content.ts";

/** The operators that choose a colour or a space (ISO 32000-2, 8.6.8). */
export const colourOperators = new Set("g G rg RG k K cs CS sc SC scn SCN".split(" "));

const deviceByOperator = new Map([
  ["g", "DeviceGray"],
  ["rg", "DeviceRGB"],
  ["k", "DeviceCMYK"],
]);

/** Chooses what the next fill (small letters) or stroke (capitals) lays down. */
export function setColour(
  run: { judge: Judge; resources: PdfDict | undefined; state: PaintState },
  operator: string,
  operands: readonly PdfObject[],
): void {
  const lower = operator.toLowerCase();
  const side = operator === lower ? "fill" : "stroke";
  run.state[side] = chosen(run, { lower, operands, current: run.state[side] });
}

function chosen(
  run: { judge: Judge; resources: PdfDict | undefined },
  choice: { lower: string; operands: readonly PdfObject[]; current: Paint },
): Paint {
  const { judge, resources } = run;
  const { lower, operands, current } = choice;
  const values = operands.filter((one) => typeof one === "number");
  const device = deviceByOperator.get(lower);
  if (device !== undefined) {
    const space = judge.spaces.read({ kind: "name", name: device }, resources);
    return { space, colour: !isGreyColour(space, values) };
  }
  if (lower === "cs") {
    const space = spaceOf(run, operands[0]);
    const nothingYet = space.kind === "pattern";
    return { space, colour: !nothingYet && !isGrey(space, initialColour(space)) };
  }
  const { space } = current;
  if (space.kind !== "pattern") return { space, colour: !isGreyColour(space, values) };
  const under = space.under === undefined ? undefined : { space: space.under, values };
  const pattern = patternOf(run, nameOf(operands.at(-1)));
  return { space, colour: patternIsColour(judge, pattern, { resources, under }) };
}

function isGreyColour(space: ColourSpace, values: readonly number[]): boolean {
  const needed = componentsOf(space);
  return needed !== undefined && values.length >= needed && isGrey(space, values);
}

/** A named space, as the reference that stands for it, so that it is read once for all pages. */
function spaceOf(
  run: { judge: Judge; resources: PdfDict | undefined },
  operand: PdfObject | undefined,
): ColourSpace {
  const { judge, resources } = run;
  const name = nameOf(operand);
  const named = resources === undefined ? null : judge.file.get(resources, "ColorSpace");
  const found = isDict(named) && name !== undefined ? named.entries.get(name) : undefined;
  const reserved = /^(Device(Gray|RGB|CMYK)|Pattern)$/.test(name ?? "");
  return judge.spaces.read(found === undefined || reserved ? operand : found, resources);
}

function patternOf(
  run: { judge: Judge; resources: PdfDict | undefined },
  name: string | undefined,
): PdfObject {
  const { judge, resources } = run;
  const patterns = resources === undefined ? null : judge.file.get(resources, "Pattern");
  if (!isDict(patterns) || name === undefined) throw new PdfDamage("a pattern is missing");
  return judge.file.get(patterns, name);
}
