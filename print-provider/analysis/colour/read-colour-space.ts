import type { PdfFile } from "../pdf/pdf-file.ts";
import {
  integerOf,
  isDict,
  isRef,
  isStream,
  isString,
  nameOf,
  PdfDamage,
  type PdfDict,
  type PdfObject,
} from "../pdf/pdf-object.ts";
import { type ColourSpace, exactTolerance, isGrey } from "./colour-space.ts";
import { readFunction } from "./functions.ts";
import { keepsGrey } from "./icc-profile.ts";

const depthMax = 6;
const unknown: ColourSpace = { kind: "unknown" };
/** Inks of the printer itself: their tint is printed as it is, whatever the alternate would look like. */
const colouredInks = /^(all|cyan|magenta|yellow|red|green|blue|orange|violet)$/i;
const profileBytesMax = 8 * 1024 * 1024;
const paletteBytesMax = 64 * 1024;

/** Reads colour spaces of one file, each object once. */
export interface ColourSpaces {
  /**
   * The space that a name or array stands for, with the names and the defaults of `resources`
   * (ISO 32000-2, 8.6). One that is damaged or not known is "unknown".
   */
  read(object: PdfObject | undefined, resources: PdfDict | undefined): ColourSpace;
}

export function colourSpacesOf(file: PdfFile): ColourSpaces {
  const known = new Map<number, ColourSpace>();
  return {
    read: (object, resources) => {
      // A named resource is the same object on every page; a default may change what a name means.
      const key = isRef(object) && !hasDefaults(file, resources) ? object.number : undefined;
      const before = key === undefined ? undefined : known.get(key);
      if (before !== undefined) return before;
      let space = unknown;
      try {
        space = read({ file, object: object ?? null, resources, depth: 0 });
      } catch (error) {
        if (!(error instanceof PdfDamage)) throw error;
      }
      if (key !== undefined && known.size < 20_000) known.set(key, space);
      return space;
    },
  };
}

function hasDefaults(file: PdfFile, resources: PdfDict | undefined): boolean {
  const spaces = resources === undefined ? null : file.get(resources, "ColorSpace");
  if (!isDict(spaces)) return false;
  return ["DefaultGray", "DefaultRGB", "DefaultCMYK"].some((name) => spaces.entries.has(name));
}

interface Reading {
  file: PdfFile;
  object: PdfObject;
  /** Undefined below a default space, which cannot have defaults itself. */
  resources: PdfDict | undefined;
  depth: number;
}

function read(reading: Reading): ColourSpace {
  const { file, depth } = reading;
  if (depth > depthMax) throw new PdfDamage("colour spaces are nested too deeply");
  const object = file.resolve(reading.object);
  const name = nameOf(object);
  if (name !== undefined) return named(reading, name);
  if (!Array.isArray(object)) return unknown;
  const [family, ...rest] = object;
  const inner = (of: PdfObject | undefined): ColourSpace =>
    read({ ...reading, object: of ?? null, depth: depth + 1 });
  switch (nameOf(file.resolve(family))) {
    case "CalGray":
      return { kind: "grey" };
    case "CalRGB":
      return calibratedRgb(file, rest[0]);
    case "Lab":
      return { kind: "lab" };
    case "ICCBased":
      return profile(reading, rest[0]);
    case "Indexed":
    case "I":
      return indexed({ file, base: inner(rest[0]), lookup: rest[2] });
    case "Separation":
      return tint({ reading, names: [rest[0] ?? null], alternate: inner(rest[1]), how: rest[2] });
    case "DeviceN": {
      const names = file.resolve(rest[0]);
      if (!Array.isArray(names) || names.length > 32) return unknown;
      return tint({ reading, names, alternate: inner(rest[1]), how: rest[2] });
    }
    case "Pattern":
      return { kind: "pattern", under: rest[0] === undefined ? undefined : inner(rest[0]) };
    case undefined:
      return unknown;
    default:
      // [/DeviceRGB] and the like: a name in an array of its own.
      return rest.length === 0 ? inner(family) : unknown;
  }
}

function named(reading: Reading, name: string): ColourSpace {
  switch (name) {
    case "DeviceGray":
    case "G":
    case "CalGray":
      return defaulted(reading, "DefaultGray", { kind: "grey" });
    case "DeviceRGB":
    case "RGB":
    case "CalRGB":
      return defaulted(reading, "DefaultRGB", { kind: "rgb" });
    case "DeviceCMYK":
    case "CMYK":
      return defaulted(reading, "DefaultCMYK", { kind: "cmyk" });
    case "Pattern":
      return { kind: "pattern", under: undefined };
    default: {
      const { file, resources, depth } = reading;
      const spaces = resources === undefined ? null : file.get(resources, "ColorSpace");
      const found = isDict(spaces) ? spaces.entries.get(name) : undefined;
      return found === undefined ? unknown : read({ ...reading, object: found, depth: depth + 1 });
    }
  }
}

/** A default space takes the place of a device's (8.6.5.6): "grey" may then mean any ink. */
function defaulted(reading: Reading, key: string, device: ColourSpace): ColourSpace {
  const { file, resources, depth } = reading;
  const spaces = resources === undefined ? null : file.get(resources, "ColorSpace");
  const other = isDict(spaces) ? spaces.entries.get(key) : undefined;
  if (other === undefined) return device;
  return read({ file, object: other, resources: undefined, depth: depth + 1 });
}

/** ISO 32000-2, 8.6.5.3. */
function calibratedRgb(file: PdfFile, object: PdfObject | undefined): ColourSpace {
  const dict = file.resolve(object);
  if (!isDict(dict)) return unknown;
  const numbers = (name: string): number[] => {
    const values = file.get(dict, name);
    return (Array.isArray(values) ? values : []).map((one) => Number(file.resolve(one)));
  };
  // Unlike curves turn equal parts into a colour; so does a white that is not the sum of the three.
  const given = numbers("Matrix");
  const matrix = given.length === 9 ? given : [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const isWhite = numbers("WhitePoint").every(
    (white, place) =>
      Math.abs(white - [0, 3, 6].reduce((sum, row) => sum + (matrix[row + place] ?? 0), 0)) < 0.01,
  );
  return isWhite && new Set(numbers("Gamma")).size <= 1 ? { kind: "rgb" } : unknown;
}

function profile(reading: Reading, object: PdfObject | undefined): ColourSpace {
  const { file, depth } = reading;
  const stream = file.resolve(object);
  if (!isStream(stream)) return unknown;
  const components = integerOf(file.get(stream.dict, "N"));
  const { bytes } = file.decoded(stream, profileBytesMax);
  // The kind of data is in the head of the profile (ICC.1, 7.2.6).
  const data = Buffer.from(bytes.subarray(16, 20)).toString("latin1");
  switch (`${components} ${data}`) {
    case "1 GRAY":
      return keepsGrey(bytes, "gray") ? { kind: "grey" } : unknown;
    case "3 RGB ":
      return keepsGrey(bytes, "rgb") ? { kind: "rgb" } : unknown;
    case "3 Lab ":
      return { kind: "lab" };
    case "4 CMYK":
      return keepsGrey(bytes, "cmyk") ? { kind: "cmyk" } : unknown;
    default: {
      // Readers that cannot use the profile take the alternate, or a device space by N.
      const alternate = stream.dict.entries.get("Alternate");
      if (alternate !== undefined) return read({ ...reading, object: alternate, depth: depth + 1 });
      return components === 3 ? { kind: "rgb" } : components === 4 ? { kind: "cmyk" } : unknown;
    }
  }
}

function indexed(options: {
  file: PdfFile;
  base: ColourSpace;
  lookup: PdfObject | undefined;
}): ColourSpace {
  const { file, base } = options;
  const lookup = file.resolve(options.lookup);
  if (isString(lookup)) return { kind: "indexed", base, lookup: lookup.bytes };
  if (!isStream(lookup)) return unknown;
  return { kind: "indexed", base, lookup: file.decoded(lookup, paletteBytesMax).bytes };
}

function tint(options: {
  reading: Reading;
  names: PdfObject[];
  alternate: ColourSpace;
  how: PdfObject | undefined;
}): ColourSpace {
  const { reading, alternate } = options;
  const { file } = reading;
  const names = options.names.map((one) => nameOf(file.resolve(one)) ?? "All");
  const transform = readFunction(file, options.how ?? null);
  // Where even no ink at all would give a colour, nothing that the space says can be believed.
  const none = transform.at(names.map(() => 0));
  if (names.length > 0 && !isGrey(alternate, none, 10 * exactTolerance)) return unknown;
  return {
    kind: "tint",
    components: names.length,
    inks: names.map((name) => colouredInks.test(name)),
    alternate,
    toAlternate: transform.at,
  };
}
