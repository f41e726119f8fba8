/** Says whether a foreign value is of a shape. */
export type Check<T> = (value: unknown) => value is T;

type OptionalKeys<T> = {
  [K in keyof T]-?: Record<string, never> extends Pick<T, K> ? K : never;
}[keyof T];
type Required<T> = { [K in Exclude<keyof T, OptionalKeys<T>>]: Check<T[K]> };
type Optional<T> = { [K in OptionalKeys<T>]: Check<Exclude<T[K], undefined>> };

/** Text of at most `longest` code points (as JSON Schema counts them), of a pattern if one is given. */
export function text(options: {
  longest: number;
  shortest?: number;
  pattern?: RegExp;
}): Check<string> {
  const { longest, shortest = 0, pattern } = options;
  return (value): value is string =>
    typeof value === "string" &&
    value.length >= shortest &&
    (value.length <= longest || (value.length <= 2 * longest && [...value].length <= longest)) &&
    (pattern === undefined || pattern.test(value));
}

/** An integer from `least` to `most`. */
export function integer(least: number, most: number): Check<number> {
  return (value): value is number =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

export const yesOrNo: Check<boolean> = (value): value is boolean => typeof value === "boolean";

export const nothing: Check<null> = (value): value is null => value === null;

/** One of the given words. */
export function oneOf<const T extends string>(...words: T[]): Check<T> {
  return (value): value is T => words.some((word) => word === value);
}

/** What any of the given checks takes. */
export function either<T>(...checks: Check<T>[]): Check<T>;
export function either<A, B>(first: Check<A>, second: Check<B>): Check<A | B>;
export function either(...checks: Check<unknown>[]): Check<unknown> {
  return (value): value is unknown => checks.some((check) => check(value));
}

/** A list of `least` to `most` items that all pass. */
export function list<T>(item: Check<T>, most: number, least = 0): Check<T[]> {
  return (value): value is T[] =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(item);
}

/**
 * An object with the required fields, and the optional ones where they are present. Fields that are not
 * named here are let pass and never looked at: a newer bridge may say more.
 */
export function shape<T extends object>(required: Required<T>, optional: Optional<T>): Check<T> {
  const must: [string, Check<unknown>][] = Object.entries(required);
  const may: [string, Check<unknown>][] = Object.entries(optional);
  return (value): value is T => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const field = new Map<string, unknown>(Object.entries(value));
    return (
      must.every(([name, check]) => field.has(name) && check(field.get(name))) &&
      may.every(([name, check]) => !field.has(name) || check(field.get(name)))
    );
  };
}
