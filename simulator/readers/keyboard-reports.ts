/**
 * What a USB keyboard sends, eight bytes a report (HID 1.11, appendix B.1): modifiers, nothing, and up
 * to six keys that are down, by their usage (HID Usage Tables, page 7).
 */
export const keyboardDescription = Buffer.from(
  "05010906a101050719e029e71500250175019508810295017508810395067508150025650507190029658100",
  "hex",
);
/** Closes the description, so that a device can say more of itself before. */
export const endOfDescription = Buffer.from([0xc0]);
export const keyboardReportLength = 8;

const leftShift = 0x02;
const firsts: readonly (readonly [usage: number, plain: string, shifted: string])[] = [
  [0x04, "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
  [0x1e, "1234567890", "!@#$%^&*()"],
  [0x28, "\n", ""],
  [0x2b, "\t -=[]\\", "  _+{}|"],
  [0x33, ";'`,./", ':"~<>?'],
];

/** The reports by which a keyboard with US layout types a text: each key goes down, and up again. */
export function keyboardReports(text: string): Buffer[] {
  return [...text].flatMap((character) => {
    const down = Buffer.alloc(keyboardReportLength);
    const [modifiers, usage] = pressFor(character);
    down[0] = modifiers;
    down[2] = usage;
    return [down, Buffer.alloc(keyboardReportLength)];
  });
}

function pressFor(character: string): readonly [modifiers: number, usage: number] {
  for (const [first, plain, shifted] of firsts) {
    const index = plain.indexOf(character);
    if (index !== -1) return [0, first + index];
    const withShift = shifted.indexOf(character);
    if (withShift !== -1) return [leftShift, first + withShift];
  }
  throw new Error(`No key of a US keyboard types ${JSON.stringify(character)}.`);
}
