import { describe, expect, it } from "vitest";
import { beepOf } from "../../simulator/readers/elatec-answers.ts";
import { type ElatecSimple, elatecSimple } from "../../simulator/readers/elatec-simple.ts";
import { virtualCard } from "../../simulator/readers/virtual-reader.ts";
import { hexOfBits } from "../card-bits.ts";
import { readAnswer, readDeviceUid, readFoundTag, readText, readU32 } from "./answers.ts";
import {
  readAtqa,
  readChipBytes,
  readManyTags,
  readPacBits,
  readSak,
  readYesNo,
} from "./chip-answers.ts";
import { chipCommands } from "./chip-commands.ts";
import { commands, light } from "./commands.ts";
import {
  iclassTellsPac,
  readDeviceType,
  readTagTypeMask,
  readUsbType,
  serviceCommands,
} from "./service-commands.ts";
import { tagTypeMask } from "./tag-types.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex").toUpperCase();
const bytes = (text: string) => Buffer.from(text, "hex");
const told = (answer: Uint8Array | "none" | undefined) =>
  answer instanceof Uint8Array ? hex(answer) : answer;

/** A number of bits, as the reader writes such a number. */
function numberOfBits(found: ReturnType<typeof readPacBits>): string | undefined {
  return typeof found === "object" ? hexOfBits(found.id, found.bits) : found;
}

const nothing = () => undefined;
const pac = virtualCard("00140026", 26);
const desfire = {
  atqa: bytes("0403"),
  sak: 0x20,
  ats: bytes("067577810280"),
  trueUid: bytes("04D7A79A973780"),
  exchange: (command: Uint8Array) => (hex(command) === "60" ? bytes("6F00") : undefined),
  beside: [virtualCard("04A1B2C3D4E5F6"), virtualCard("66CF4DC2")],
};

interface Vector {
  readonly name: string;
  readonly command: Uint8Array;
  readonly asked: string;
  readonly said: string;
  readonly read: (payload: Uint8Array) => unknown;
  readonly means: unknown;
  readonly card?: (reader: ElatecSimple) => void;
}

const row = (
  name: string,
  [command, asked, said]: readonly [Uint8Array, string, string],
  read: Vector["read"],
  means: unknown,
  card?: Vector["card"],
): Vector => ({ name, command, asked, said, read, means, ...(card && { card }) });

const holdDesfire = (reader: ElatecSimple) =>
  reader.hold(virtualCard("04D7A79A973780"), 0x80, desfire);
const holdIclass = (reader: ElatecSimple) =>
  reader.hold(virtualCard("66CF4DC266CF4DC2"), 0x84, { pac });

/** Of the reader itself: what it is asked, what it says, what that means. */
const ofReader: Vector[] = [
  row("GetSysTicks", [commands.sysTicks, "0003", "00D3480700"], readU32, 477_395),
  row(
    "GetVersionString",
    [commands.versionString, "0004FF", `001D${hex(Buffer.from("TWN4/B1.03/CCF1.57/PRS1.03/PI"))}`],
    readText,
    "TWN4/B1.03/CCF1.57/PRS1.03/PI",
  ),
  row("GetUSBType", [serviceCommands.usbType, "0005", "0001"], readUsbType, "serial"),
  row(
    "GetDeviceType",
    [serviceCommands.deviceType, "0006", "000B"],
    readDeviceType,
    "TWN4 MIFARE NFC",
  ),
  row(
    "GetDeviceUID",
    [commands.deviceUid, "0008", "002D002F000B47303531353233"],
    readDeviceUid,
    "2D002F000B47303531353233",
  ),
  row(
    "SetParameters",
    [
      serviceCommands.setParameters([iclassTellsPac, { type: 0x03, value: bytes("02") }]),
      "00090707010103010200",
      "0001",
    ],
    readYesNo,
    true,
  ),
  row("GetLastError", [serviceCommands.lastError, "000A", "00CB000000"], readU32, 203),
  row("GetProdSerNo", [serviceCommands.productSerial, "000DFF", "000431323334"], readText, "1234"),
  row(
    "GPIOConfigureOutputs",
    [serviceCommands.pinsOutput(light.red), "0400010000", "00"],
    nothing,
    undefined,
  ),
  row(
    "GPIOConfigureOutputs, all lights",
    [commands.pinsInit, "0400070000", "00"],
    nothing,
    undefined,
  ),
  row("GPIOSetBits", [commands.pinsSet(light.red), "040201", "00"], nothing, undefined),
  row("GPIOClearBits", [commands.pinsClear(light.red), "040301", "00"], nothing, undefined),
  row("GPIOToggle", [serviceCommands.pinsToggle(light.yellow), "040404", "00"], nothing, undefined),
  row(
    "GPIOBlinkBits",
    [serviceCommands.pinsBlink(light.red, { onMs: 100, offMs: 100 }), "04050164006400", "00"],
    nothing,
    undefined,
  ),
  row("DiagLEDOn", [serviceCommands.boardLightOn, "0408", "00"], nothing, undefined),
  row("DiagLEDOff", [serviceCommands.boardLightOff, "0409", "00"], nothing, undefined),
  row("DiagLEDToggle", [serviceCommands.boardLightToggle, "040A", "00"], nothing, undefined),
  row("DiagLEDIsOn", [serviceCommands.boardLightIsOn, "040B", "0000"], readYesNo, false),
  row("LEDInit", [commands.lightsInit, "041007", "00"], nothing, undefined),
  row("LEDOn", [commands.lightsOn(light.green), "041102", "00"], nothing, undefined),
  row("LEDOff", [commands.lightsOff(light.green), "041202", "00"], nothing, undefined),
  row("LEDToggle", [serviceCommands.lightsToggle(light.green), "041302", "00"], nothing, undefined),
  row(
    "LEDBlink",
    [serviceCommands.lightsBlink(light.green, { onMs: 500, offMs: 250 }), "041402F401FA00", "00"],
    nothing,
    undefined,
  ),
  row("SetRFOff", [commands.fieldOff, "0501", "00"], nothing, undefined),
  row(
    "SetTagTypes, all",
    [commands.setTagTypes(tagTypeMask([])), "0502FFFFFFFFFFFFFFFF", "00"],
    nothing,
    undefined,
  ),
  row("GetTagTypes", [serviceCommands.tagTypes, "0503", "002FFE0700F7000000"], readTagTypeMask, {
    lf: 0x0007fe2f,
    hf: 0xf7,
  }),
  row(
    "GetSupportedTagTypes",
    [serviceCommands.supportedTagTypes, "0504", "002FFE0700F7000000"],
    readTagTypeMask,
    { lf: 0x0007fe2f, hf: 0xf7 },
  ),
];

/** Of the card in the field. */
const ofCard: Vector[] = [
  row(
    "SearchTag",
    [commands.searchTag, "050010", "000180200466CF4DC2"],
    readFoundTag,
    { type: 0x80, bits: 32, id: bytes("66CF4DC2") },
    (reader) => reader.hold(virtualCard("66CF4DC2")),
  ),
  row("SearchTag, no card", [commands.searchTag, "050010", "0000"], readFoundTag, "none"),
  row(
    "ICLASS_GetPACBits",
    [chipCommands.iclassPacBits, "1100FF", "00011A0405000980"],
    (payload) => numberOfBits(readPacBits(payload)),
    "00140026",
    holdIclass,
  ),
  row(
    "ISO14443A_GetATS",
    [chipCommands.ats, "120020", "000106067577810280"],
    (payload) => told(readChipBytes(payload)),
    "067577810280",
    holdDesfire,
  ),
  row(
    "ISO14443_4_CheckPresence",
    [chipCommands.isPresent, "1202", "0001"],
    readYesNo,
    true,
    holdDesfire,
  ),
  row(
    "ISO14443_4_TDX",
    [chipCommands.exchange(bytes("60"), 0x20), "1203016020", "0001026F00"],
    (payload) => told(readChipBytes(payload)),
    "6F00",
    holdDesfire,
  ),
  row(
    "ISO14443A_GetATQA",
    [chipCommands.atqa, "1204", "00010403"],
    (payload) => told(readAtqa(payload)),
    "0403",
    holdDesfire,
  ),
  row("ISO14443A_GetSAK", [chipCommands.sak, "1205", "000120"], readSak, 0x20, holdDesfire),
  row(
    "ISO14443A_SearchMultiTag",
    [chipCommands.searchMany, "1208FF", "0001030704D7A79A9737800704A1B2C3D4E5F60466CF4DC2"],
    (payload) => {
      const tags = readManyTags(payload);
      return typeof tags === "object" ? tags.map(hex) : tags;
    },
    ["04D7A79A973780", "04A1B2C3D4E5F6", "66CF4DC2"],
    holdDesfire,
  ),
  row(
    "ISO14443A_SelectTag",
    [chipCommands.select(bytes("04A1B2C3D4E5F6")), "12090704A1B2C3D4E5F6", "0001"],
    readYesNo,
    true,
    holdDesfire,
  ),
  row(
    "DESFire_GetUID",
    [chipCommands.desfireUid, "0F160010", "00010704D7A79A973780"],
    (payload) => told(readChipBytes(payload)),
    "04D7A79A973780",
    holdDesfire,
  ),
];

/** The reader of the document's examples: what it is asked becomes what it says. */
function ask(asked: string, card?: Vector["card"], lights: "commands" | "pins" = "commands") {
  const heard: string[] = [];
  const reader = elatecSimple({
    send: (answer) => heard.push(Buffer.from(answer).toString("latin1")),
    lights,
    now: () => 0,
    upMs: 477_395,
    about: { lastError: 203, serial: "1234", supported: { lf: 0x0007fe2f, hf: 0xf7 } },
  });
  card?.(reader);
  reader.hear(Buffer.from(`${asked}\r`));
  reader.close();
  return heard;
}

describe.each([
  ["the reader itself", ofReader],
  ["the card in the field", ofCard],
] as const)("a command about %s", (_what, vectors) => {
  it.each(vectors)("$name is $asked", ({ command, asked }) => {
    expect(hex(command)).toBe(asked);
  });

  it.each(vectors)("$name is answered by $said, as the simulated reader does, too", (vector) => {
    const { asked, said, read, means, card } = vector;
    expect(ask(asked, card)).toEqual([`${said}\r`]);
    const answer = readAnswer(bytes(said));
    expect(answer?.kind).toBe("done");
    if (answer?.kind === "done") expect(read(answer.payload)).toEqual(means);
  });
});

it("sounds at a loudness, a height and for a while, in both directions", () => {
  const beep = { volume: 100, hertz: 2_400, onMs: 500, offMs: 500 };
  expect(hex(commands.beep(beep))).toBe("0407646009F401F401");
  expect(beepOf(bytes("646009F401F401"))).toEqual({ onMs: 500, offMs: 500 });
});

it("begins anew without an answer that anybody should wait for", () => {
  expect(hex(serviceCommands.reset)).toBe("0001");
});

it("never starts the boot loader", () => {
  const fixed = [commands, serviceCommands, chipCommands].flatMap((all) => Object.values(all));
  for (const command of fixed)
    if (command instanceof Uint8Array) expect(hex(command).slice(0, 4)).not.toBe("0002");
});

it("refuses what it does not know, and what is cut", () => {
  expect(ask("0599")).toEqual(["01\r"]);
  expect(ask("0500")).toEqual(["02\r"]);
  expect(ask("1203")).toEqual(["02\r"]);
  expect(ask("041107", undefined, "pins")).toEqual(["01\r"]);
  expect(ask("050")).toEqual(["05\r"]);
});

it.each(["1100FF", "120020", "1202", "1203016020", "1204", "1205", "1208FF", "0F160010"])(
  "says no to %s without a card",
  (asked) => {
    expect(ask(asked)).toEqual(["0000\r"]);
  },
);
