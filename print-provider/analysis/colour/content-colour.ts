import { memorySource } from "../byte-source.ts";
import { type Cursor, cursorAt } from "../pdf/cursor.ts";
import { nextToken, type Token } from "../pdf/lexer.ts";
import { parseValue } from "../pdf/parse-object.ts";
import type { PdfFile } from "../pdf/pdf-file.ts";
import {
  isDict,
  isRef,
  isStream,
  nameOf,
  PdfDamage,
  type PdfDict,
  type PdfObject,
} from "../pdf/pdf-object.ts";
import { alternatesOf, judgeImage } from "./image-colour.ts";
import { judgeInlineImage, readInlineImage } from "./inline-image.ts";
import type { Content, Judge, PaintState } from "./judge.ts";
import { formIsColour, glyphsAreColour } from "./nested-content.ts";
import { colourSpacesOf } from "./read-colour-space.ts";
import { colourOperators, setColour } from "./set-colour.ts";
import { shadingIsColour } from "./shading-colour.ts";

const operandsMax = 1_000;
const savedStatesMax = 10_000;

/** Operators that paint nothing and choose no colour (ISO 32000-2, annex A). */
const harmless = new Set(
  "w J j M d ri i cm m l c v y h re n W W* BT ET Tc Tw Tz TL Ts Td TD Tm T* BMC BDC EMC MP DP d0".split(
    " ",
  ),
);
const fills = new Set("f F f*".split(" "));
const strokes = new Set("S s".split(" "));
const fillsAndStrokes = new Set("B B* b b*".split(" "));
const shows = new Set(["Tj", "TJ", "'", '"']);

/** Starts to judge the content of one file. */
export function startJudge(file: PdfFile): Judge {
  const judge: Judge = {
    file,
    spaces: colourSpacesOf(file),
    wanted: new Map(),
    active: new Set(),
    remembered: new Map(),
    content: (content) => runContent(judge, content),
  };
  return judge;
}

/** The running of one content: its own stack of states, and the words it has not used yet. */
interface Run {
  judge: Judge;
  resources: PdfDict | undefined;
  state: PaintState;
  saved: PaintState[];
  uncoloured: boolean;
  /** Inside BX … EX unknown operators are allowed (8.10.1). */
  compatible: number;
}

function runContent(judge: Judge, content: Content): boolean {
  const { resources, state, uncoloured } = content;
  const run: Run = { judge, resources, state, saved: [], uncoloured, compatible: 0 };
  const { budget } = judge.file;
  let operands: PdfObject[] = [];
  for (const part of content.parts) {
    const cursor = cursorAt(memorySource(part), 0);
    for (;;) {
      const token = nextToken(cursor);
      if (token.kind === "end") break;
      budget.operations(1);
      if (!isOperator(token)) {
        if (operands.length >= operandsMax) throw new PdfDamage("an operator has no end");
        operands.push(
          token.kind === "number" ? token.value : parseValue({ cursor, budget, token, depth: 0 }),
        );
        continue;
      }
      if (paintsColour(run, token.word, operands, cursor)) return true;
      if (operands.length > 0) operands = [];
    }
  }
  return false;
}

function isOperator(token: Token): token is Extract<Token, { kind: "keyword" }> {
  if (token.kind !== "keyword") return false;
  return !["[", "<<", "true", "false", "null"].includes(token.word);
}

/** Runs one operator; true when it lays down a colour. */
function paintsColour(
  run: Run,
  operator: string,
  operands: readonly PdfObject[],
  cursor: Cursor,
): boolean {
  const { state } = run;
  if (harmless.has(operator)) return false;
  if (fills.has(operator)) return state.fill.colour;
  if (strokes.has(operator)) return state.stroke.colour;
  if (fillsAndStrokes.has(operator)) return state.fill.colour || state.stroke.colour;
  if (shows.has(operator)) return textIsColour(run);
  if (colourOperators.has(operator)) {
    if (!run.uncoloured) setColour(run, operator, operands);
    return false;
  }
  switch (operator) {
    case "q":
      if (run.saved.length >= savedStatesMax) throw new PdfDamage("too many states are saved");
      run.saved.push({ ...state });
      return false;
    case "Q":
      run.state = run.saved.pop() ?? state;
      return false;
    case "Tr":
      state.textMode = typeof operands[0] === "number" ? operands[0] : 0;
      return false;
    case "Tf":
      chooseFont(run, resource(run, "Font", nameOf(operands[0])));
      return false;
    case "gs":
      return extendState(run, resource(run, "ExtGState", nameOf(operands[0])));
    case "sh": {
      const shading = resource(run, "Shading", nameOf(operands[0]));
      const { file, spaces } = run.judge;
      return shadingIsColour({ file, spaces, shading, resources: run.resources });
    }
    case "Do":
      return objectIsColour(run, resource(run, "XObject", nameOf(operands[0])));
    case "BI":
      return inlineIsColour(run, cursor);
    case "d1":
      run.uncoloured = true;
      return false;
    case "BX":
      run.compatible += 1;
      return false;
    case "EX":
      run.compatible -= 1;
      return false;
    default:
      // What we do not know, a printer may: `0rg` is one word to us and two to another reader.
      if (run.compatible > 0) return false;
      throw new PdfDamage("content has an unknown operator");
  }
}

function textIsColour(run: Run): boolean {
  const { fill, stroke, textMode, type3 } = run.state;
  if (type3 !== undefined) return glyphsAreColour(run.judge, type3, run);
  const mode = textMode % 4;
  const filled = mode === 0 || mode === 2;
  const stroked = mode === 1 || mode === 2;
  return (filled && fill.colour) || (stroked && stroke.colour);
}

function chooseFont(run: Run, font: PdfObject): void {
  const { file } = run.judge;
  run.state.type3 =
    isDict(font) && nameOf(file.get(font, "Subtype")) === "Type3" ? font : undefined;
}

/** A graphics state dictionary (8.4.5): it may choose a font, or bend every tone. */
function extendState(run: Run, dict: PdfObject): boolean {
  if (!isDict(dict)) throw new PdfDamage("a graphics state is missing");
  const { file } = run.judge;
  const font = file.get(dict, "Font");
  if (Array.isArray(font)) chooseFont(run, file.resolve(font[0]));
  for (const key of ["TR", "TR2"]) {
    const transfer = file.get(dict, key);
    const name = nameOf(transfer);
    // One curve for each ink can turn grey into colour; who uses them is not decided here.
    if (transfer !== null && name !== "Identity" && name !== "Default") return true;
  }
  return false;
}

function objectIsColour(run: Run, object: PdfObject): boolean {
  const { judge, resources } = run;
  const { file, spaces } = judge;
  if (!isStream(object)) throw new PdfDamage("what should be painted is not there");
  const subtype = nameOf(file.get(object.dict, "Subtype"));
  if (subtype === "Form") return formIsColour(judge, object, run);
  if (subtype !== "Image") throw new PdfDamage("what should be painted is of an unknown kind");
  for (const stream of [object, ...alternatesOf(file, object)]) {
    const verdict = judgeImage({ file, spaces, stream, resources });
    switch (verdict.kind) {
      case "grey":
        break;
      case "colour":
        return true;
      case "stencil":
        if (run.state.fill.colour) return true;
        break;
      case "pixels":
      case "jpeg":
        judge.wanted.set(stream.number, verdict);
        break;
    }
  }
  return false;
}

function inlineIsColour(run: Run, cursor: Cursor): boolean {
  const { file, spaces } = run.judge;
  const image = readInlineImage(cursor, file.budget);
  const verdict = judgeInlineImage({ file, spaces, image, resources: run.resources });
  return verdict === "colour" || (verdict === "stencil" && run.state.fill.colour);
}

/** What a name stands for. Readers look for a missing one in different places: then nobody can tell. */
function resource(run: Run, category: string, name: string | undefined): PdfObject {
  const { file } = run.judge;
  const all = run.resources === undefined ? null : file.get(run.resources, category);
  const found = isDict(all) && name !== undefined ? all.entries.get(name) : undefined;
  if (found === undefined || (isDict(all) && all.doubled))
    throw new PdfDamage("content names something that is not there");
  const value = file.resolve(found);
  if (value === null && isRef(found)) throw new PdfDamage("content names something that is gone");
  return value;
}
