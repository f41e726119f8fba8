import { Type } from "typebox";
import { drivers } from "../../card-readers/drivers.ts";
import { tagTypeNames } from "../../card-readers/elatec-simple/tag-types.ts";
import { KeyboardSettings } from "../../protocol/keyboard-reader.ts";
import { closed } from "./schema-parts.ts";

/** Set where what a reader is cannot be found out; the names are those that the program has drivers for. */
const driver = Type.Optional(
  Type.Unsafe<string>(
    Type.Union(
      drivers.map(({ id, name }) => Type.Literal(id, { description: name })),
      { description: "The reader's driver; left out, it is found out where that is possible." },
    ),
  ),
);

const osdp = Type.Optional(
  Type.Object(
    {
      address: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 126, description: "Of the reader on its line." }),
      ),
      clearText: Type.Optional(
        Type.Boolean({
          description:
            "True for a reader that knows no Secure Channel: whoever is at its cable reads and plays cards.",
        }),
      ),
    },
    { ...closed, description: "For a reader with driver: osdp. Its key is set by a command." },
  ),
);

const elatec = Type.Optional(
  Type.Object(
    {
      tagTypes: Type.Optional(
        Type.Array(
          Type.Unsafe<string>(Type.Union(tagTypeNames.map((name) => Type.Literal(name)))),
          {
            minItems: 1,
            maxItems: 64,
            description: "The kinds of chip to look for; fewer are found faster. All if left out.",
          },
        ),
      ),
      iclass: Type.Optional(
        Type.Union([Type.Literal("csn"), Type.Literal("pac")], {
          description:
            "What is told of a HID iCLASS card: the chip's own number (csn), or the access bits that doors read (pac).",
        }),
      ),
    },
    { ...closed, description: "For an Elatec TWN4 with Simple Protocol (driver: elatec-simple)." },
  ),
);

/** One reader of a terminal. */
export const ReaderInput = Type.Union([
  Type.Object(
    {
      listen: Type.Array(Type.String(), {
        description: "Addresses of readers that dial in; empty means this machine only.",
      }),
      driver,
    },
    closed,
  ),
  Type.Object(
    {
      dial: Type.String({
        pattern: "^[^\\s]+:[0-9]{1,5}$",
        description: "It is host:port of a reader that listens.",
      }),
      driver,
      osdp,
      elatec,
    },
    closed,
  ),
  Type.Object(
    {
      serial: Type.String({
        minLength: 1,
        maxLength: 255,
        description: 'The path of a port, such as /dev/ttyUSB0 or COM3, or "auto" for any.',
      }),
      speed: Type.Optional(
        Type.Integer({ minimum: 300, maximum: 921_600, description: "In baud, such as 9600." }),
      ),
      driver,
      osdp,
      elatec,
    },
    closed,
  ),
  Type.Object(
    {
      pcsc: Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'The name of a reader as pcscd tells it, or "auto" for the first.',
      }),
      driver,
    },
    closed,
  ),
  Type.Object(
    {
      hid: Type.String({
        minLength: 1,
        maxLength: 255,
        description: 'The path of a HID device, such as /dev/hidraw0, or "auto" for any.',
      }),
      driver,
    },
    closed,
  ),
  Type.Object(
    {
      keyboard: Type.String({
        minLength: 1,
        maxLength: 255,
        description:
          'Of a reader that acts as a keyboard: the path of its input device, such as /dev/input/by-id/…-event-kbd, "auto" for any of a known maker, or "screen" where it is plugged into the machine that shows the screen.',
      }),
      ...KeyboardSettings.properties,
      shared: Type.Optional(
        Type.Boolean({ description: "Open it even where its keys reach other programs, too." }),
      ),
    },
    closed,
  ),
]);

/** How what readers say becomes card numbers; see docs/card-numbers.md. */
export const CardNumbersInput = Type.Optional(
  Type.String({
    maxLength: 1_000,
    description:
      'Steps from what the readers say to a card number, such as "reverse-bytes | hex2dec"; none if left out.',
  }),
);
