import { readTable } from "./icc-table.ts";

/**
 * Whether equal parts of red, green and blue, or black ink alone, come out grey by an ICC profile
 * (ICC.1:2022). A profile can say anything of them, and its printer would print a colour that was
 * counted as grey. One that cannot be read keeps nothing grey.
 */
export function keepsGrey(profile: Uint8Array, family: "gray" | "rgb" | "cmyk"): boolean {
  const tags = tagsOf(profile);
  if (tags === undefined) return false;
  // These go before all others (8.10.2), and nearly no profile has them.
  if (["D2B0", "D2B1", "D2B2", "D2B3"].some((name) => tags.has(name))) return false;
  // Each rendering intent may have its table, which goes before curves and matrix (8.10.2).
  const tables = ["A2B0", "A2B1", "A2B2"].flatMap((name) => tags.get(name) ?? []);
  if (tables.length > 0) {
    const pcs = textAt(profile, 20);
    return tables.every((tag) => isGreyByTable(tag, family, pcs));
  }
  if (family === "gray") return tags.has("kTRC");
  return family === "rgb" && isGreyByMatrix(tags);
}

const tagsMost = 200;
const headBytes = 128;

/**
 * The data of each tag (7.3); undefined where the profile is damaged. Readers disagree about one that
 * has a tag twice or not the signature of 7.2.9: some would draw with what was not judged here.
 */
function tagsOf(profile: Uint8Array): Map<string, Uint8Array> | undefined {
  if (profile.length < headBytes + 4 || textAt(profile, 36) !== "acsp") return undefined;
  const view = viewOf(profile);
  const count = view.getUint32(headBytes);
  if (count > tagsMost || profile.length < headBytes + 4 + 12 * count) return undefined;
  const tags = new Map<string, Uint8Array>();
  for (let at = headBytes + 4; at < headBytes + 4 + 12 * count; at += 12) {
    const name = textAt(profile, at);
    const from = view.getUint32(at + 4);
    const to = from + view.getUint32(at + 8);
    if (to > profile.length || tags.has(name)) return undefined;
    tags.set(name, profile.subarray(from, to));
  }
  return tags;
}

/** The white of the connection space (D50), to which the three primaries must add up. */
const white = [0.9642, 1, 0.8249] as const;
const whiteTolerance = 0.03;

/** Unlike curves turn equal parts into a colour; so does a white that is not the sum of the three. */
function isGreyByMatrix(tags: ReadonlyMap<string, Uint8Array>): boolean {
  const [red, green, blue] = ["rTRC", "gTRC", "bTRC"].map((name) => tags.get(name));
  if (red === undefined || green === undefined || blue === undefined) return false;
  if (!isSame(red, green) || !isSame(green, blue)) return false;
  const primaries = ["rXYZ", "gXYZ", "bXYZ"].map((name) => xyzOf(tags.get(name)));
  return white.every((part, place) => {
    const sum = primaries.reduce((total, one) => total + (one?.[place] ?? Number.NaN), 0);
    return Math.abs(sum - part) < whiteTolerance;
  });
}

const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/** XYZType (10.31): three s15Fixed16Numbers. */
function xyzOf(tag: Uint8Array | undefined): number[] | undefined {
  if (tag === undefined || tag.length < 20 || textAt(tag, 0) !== "XYZ ") return undefined;
  const view = viewOf(tag);
  return [8, 12, 16].map((at) => view.getInt32(at) / 65_536);
}

/** Steps along the way from white to black; no table of a real profile has waves between them. */
const steps = 32;
/** In units of CIELAB: what paper and ink of real profiles do to a grey. */
const chromaMost = 8;

function isGreyByTable(tag: Uint8Array, family: "gray" | "rgb" | "cmyk", pcs: string): boolean {
  const table = readTable(tag);
  const inputs = { gray: 1, rgb: 3, cmyk: 4 }[family];
  if (table === undefined || table.inputs !== inputs || (pcs !== "Lab " && pcs !== "XYZ "))
    return false;
  return Array.from({ length: steps + 1 }, (_, step) => step / steps).every((part) => {
    const colour = family === "cmyk" ? [0, 0, 0, part] : Array<number>(inputs).fill(part);
    const [x = 0, y = 0, z = 0] = table.at(colour);
    if (pcs === "XYZ ") return chromaOfXyz([x, y, z]) <= chromaMost;
    const centre = table.isOldLab ? 32_768 / 65_535 : 128 / 255;
    return 255 * Math.hypot(y - centre, z - centre) <= chromaMost;
  });
}

/** The chroma in CIELAB of an XYZ as the connection space writes it: up to 1 + 32767/32768 (6.3.4). */
function chromaOfXyz(xyz: readonly number[]): number {
  const [x = 0, y = 0, z = 0] = white.map((part, place) => {
    const share = ((xyz[place] ?? 0) * (65_535 / 32_768)) / part;
    return share > (6 / 29) ** 3 ? Math.cbrt(share) : share / (3 * (6 / 29) ** 2) + 4 / 29;
  });
  return Math.hypot(500 * (x - y), 200 * (y - z));
}

function textAt(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.subarray(at, at + 4)).toString("latin1");
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
