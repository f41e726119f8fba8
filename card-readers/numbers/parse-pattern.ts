const mostRepeats = 128;
const deepest = 20;

/** An expression, taken apart. */
export type Node =
  | { readonly kind: "one-of"; readonly codes: ReadonlySet<number> }
  | { readonly kind: "all"; readonly parts: readonly Node[] }
  | { readonly kind: "either"; readonly ways: readonly Node[] }
  | { readonly kind: "group"; readonly inner: Node; readonly slot: number | undefined }
  | { readonly kind: "many"; readonly inner: Node; readonly least: number; readonly most: number }
  | { readonly kind: "start" }
  | { readonly kind: "end" };

/** Why an expression is not taken. */
export class Refused extends Error {
  override readonly name = "Refused";
}

const range = (from: string, to: string) =>
  Array.from(
    { length: to.charCodeAt(0) - from.charCodeAt(0) + 1 },
    (_, i) => from.charCodeAt(0) + i,
  );
const printable = range(" ", "~");
const not = (codes: readonly number[]) => printable.filter((code) => !codes.includes(code));
const digits = range("0", "9");
const word = [...digits, ...range("A", "Z"), ...range("a", "z"), "_".charCodeAt(0)];
const space = [" ".charCodeAt(0)];
const shorthand = new Map<string, readonly number[]>([
  ["d", digits],
  ["D", not(digits)],
  ["w", word],
  ["W", not(word)],
  ["s", space],
  ["S", not(space)],
]);

/** Takes an expression apart. Throws {@link Refused} with what in it is not taken. */
export function parsePattern(source: string): Node {
  let at = 0;
  let groups = 0;
  const peek = () => source[at];
  const take = () => source[at++] ?? "";

  function either(depth: number): Node {
    if (depth > deepest) throw new Refused("its groups are nested too deep");
    const first = all(depth);
    if (peek() !== "|") return first;
    const ways = [first];
    while (peek() === "|") {
      take();
      ways.push(all(depth));
    }
    return { kind: "either", ways };
  }

  function all(depth: number): Node {
    const parts: Node[] = [];
    for (let next = peek(); next !== undefined && next !== "|" && next !== ")"; next = peek())
      parts.push(repeated(atom(depth)));
    return { kind: "all", parts };
  }

  function atom(depth: number): Node {
    const one = take();
    switch (one) {
      case "^":
        return { kind: "start" };
      case "$":
        return { kind: "end" };
      case ".":
        return oneOf(printable);
      case "[":
        return oneOf(set());
      case "(":
        return group(depth);
      case "\\":
        return oneOf(escaped());
      case "*":
      case "+":
      case "?":
      case "{":
        throw new Refused(
          `"${one}" at place ${at} repeats nothing; write \\${one} for the character`,
        );
      default:
        return oneOf([one.charCodeAt(0)]);
    }
  }

  function group(depth: number): Node {
    let slot: number | undefined;
    if (peek() === "?") {
      if (source.slice(at, at + 2) !== "?:")
        throw new Refused(`looking ahead or back, "(${source.slice(at, at + 2)}", is not taken`);
      at += 2;
    } else {
      groups += 1;
      slot = groups === 1 ? 2 : undefined;
    }
    const inner = either(depth + 1);
    if (take() !== ")") throw new Refused("a parenthesis is not closed");
    return { kind: "group", inner, slot };
  }

  function escaped(): readonly number[] {
    const one = take();
    const many = shorthand.get(one);
    if (many !== undefined) return many;
    if (one === "") throw new Refused("it ends with a backslash");
    if (/[0-9A-Za-z]/.test(one)) throw new Refused(`"\\${one}" is not taken`);
    return [one.charCodeAt(0)];
  }

  function set(): readonly number[] {
    const inverted = peek() === "^";
    if (inverted) take();
    const codes: number[] = [];
    for (let one = take(); one !== "]"; one = take()) {
      if (one === "") throw new Refused("a bracket is not closed");
      const first = one === "\\" ? escaped() : [one.charCodeAt(0)];
      const [from] = first;
      if (first.length > 1 || peek() !== "-" || source[at + 1] === "]") {
        codes.push(...first);
        continue;
      }
      take();
      const last = take();
      const [to] = last === "\\" ? escaped() : [last.charCodeAt(0)];
      if (from === undefined || to === undefined || Number.isNaN(to) || to < from)
        throw new Refused(`the range "${one}-${last}" is the wrong way round`);
      for (let code = from; code <= to; code++) codes.push(code);
    }
    return inverted ? not(codes) : codes;
  }

  function repeated(inner: Node): Node {
    const [least, most] = times();
    if (least === 1 && most === 1) return inner;
    if (inner.kind === "start" || inner.kind === "end")
      throw new Refused("^ and $ cannot be repeated");
    if (peek() === "?")
      throw new Refused("lazy repetition is not taken; name what may be repeated");
    if (/^[*+{]/.test(source.slice(at))) throw new Refused("a repetition cannot be repeated");
    return { kind: "many", inner, least, most };
  }

  function times(): readonly [number, number] {
    switch (peek()) {
      case "*":
        take();
        return [0, Number.POSITIVE_INFINITY];
      case "+":
        take();
        return [1, Number.POSITIVE_INFINITY];
      case "?":
        take();
        return [0, 1];
      case "{": {
        const told = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(source.slice(at));
        if (told === null)
          throw new Refused('"{" begins no repetition; write \\{ for the character');
        at += told[0].length;
        const least = Number(told[1]);
        const most =
          told[2] === undefined
            ? least
            : told[3] === ""
              ? Number.POSITIVE_INFINITY
              : Number(told[3]);
        if (most < least || (Number.isFinite(most) ? most : least) > mostRepeats)
          throw new Refused(`${told[0]} is the wrong way round, or more than ${mostRepeats} times`);
        return [least, most];
      }
      default:
        return [1, 1];
    }
  }

  const whole = either(0);
  if (at < source.length) throw new Refused("a parenthesis is closed that was not opened");
  return whole;
}

const oneOf = (codes: readonly number[]): Node => ({ kind: "one-of", codes: new Set(codes) });
