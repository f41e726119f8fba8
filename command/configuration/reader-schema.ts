import { Type } from "typebox";
import { drivers } from "../../card-readers/drivers.ts";
import { closed } from "./schema-parts.ts";

/** Set where what a reader is cannot be found out; the names are those that the program has drivers for. */
const driver = Type.Optional(
  Type.Union(
    drivers.map(({ id, name }) => Type.Literal(id, { description: name })),
    { description: "The reader's driver; left out, it is found out where that is possible." },
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
    },
    closed,
  ),
]);
