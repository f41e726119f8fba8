import { digitsOfBits } from "./digits.ts";
import { type Applied, type MadeStep, made, refuse, type StepKind } from "./step.ts";
import {
  readWiegand,
  type WiegandCard,
  type WiegandFormat,
  wiegandFormat,
  wiegandFormats,
} from "./wiegand.ts";

/** What of an access card's number is kept. */
const parts = ["both", "facility", "number"] as const;
type Part = (typeof parts)[number];

const names = wiegandFormats.map(({ name }) => name).join(", ");

/** The step that reads access cards: checks their parity, and keeps facility, number or both. */
export const wiegandStep: StepKind = {
  name: "wiegand",
  usage: "wiegand(format) or wiegand(format, both|facility|number)",
  does: `checks the parity of an access card (${names}) and keeps its facility and number`,
  make(given): MadeStep {
    const [told = "", wanted = "both"] = given;
    const format = formatOf(told);
    if (typeof format === "string") return refuse(format);
    const part = parts.find((one) => one === wanted);
    if (part === undefined || given.length > 2)
      return refuse(`after the format it takes ${parts.join(", ")}`);
    if (part === "facility" && format.facilityBits === 0)
      return refuse(`${format.name} has no facility code`);
    const { name, bits } = format;
    const text = part === "both" ? `wiegand(${name})` : `wiegand(${name}, ${part})`;
    const says = `checks the parity of the ${bits} bits of ${name} and keeps ${keptOf(format, part)}`;
    return made(text, says, (hex) => apply(format, part, hex));
  },
};

function apply(format: WiegandFormat, part: Part, hex: string): Applied {
  const read = readWiegand(format, hex);
  return read.kind === "refused" ? read : { kind: "text", text: written(format, part, read.card) };
}

function written(format: WiegandFormat, part: Part, card: WiegandCard): string {
  const { facilityBits, numberBits } = format;
  const facility = card.facility.toString();
  const number = card.number.toString();
  switch (part) {
    case "facility":
      return facility;
    case "number":
      return number;
    case "both":
      return facilityBits === 0
        ? number
        : facility.padStart(digitsOfBits(facilityBits), "0") +
            number.padStart(digitsOfBits(numberBits), "0");
  }
}

function keptOf({ facilityBits, numberBits }: WiegandFormat, part: Part): string {
  if (part === "facility") return "the facility code";
  if (part === "number" || facilityBits === 0) return "the card's number";
  return `the facility code (${digitsOfBits(facilityBits)} digits) and the number (${digitsOfBits(numberBits)} digits)`;
}

/** By its name, or by its length where only one has that; else a sentence. */
function formatOf(told: string): WiegandFormat | string {
  const named = wiegandFormat(told);
  if (named !== undefined) return named;
  const ofLength = wiegandFormats.filter(({ bits }) => String(bits) === told);
  const [only, ...others] = ofLength;
  if (only === undefined) return `"${told}" is no format that is known here; these are: ${names}`;
  return others.length === 0
    ? only
    : `${told} bits are several formats: name one of ${ofLength.map(({ name }) => name).join(", ")}`;
}
