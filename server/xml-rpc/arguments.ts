import { type Money, parseMoney } from "../../pricing/money.ts";
import { RpcFault, type RpcValue } from "./value.ts";

const TEXT_AT_MOST = 512;
const ITEMS_AT_MOST = 100;

/** The arguments of one call, after the token, read by place. Each reader throws RpcFault in a sentence. */
export type Arguments = {
  text: (place: number, name: string) => string;
  textOr: (place: number, otherwise: string) => string;
  money: (place: number, name: string) => Money;
  int: (place: number, name: string) => number;
  truth: (place: number, name: string) => boolean;
  texts: (place: number, name: string) => string[];
  pairs: (place: number, name: string) => [string, string][];
};

/** Reads values as leniently as existing scripts need: numbers and truth may come as strings, and back. */
export function argumentsOf(values: readonly RpcValue[]): Arguments {
  const wanted = (place: number, name: string): RpcValue => {
    const value = values[place];
    if (value === undefined) throw new RpcFault(`The argument "${name}" is missing.`);
    return value;
  };
  const text = (place: number, name: string): string => textOf(wanted(place, name), name);
  return {
    text,
    textOr: (place, otherwise) =>
      values[place] === undefined ? otherwise : text(place, String(place + 1)),
    money: (place, name) => moneyFrom(text(place, name)),
    int(place, name) {
      const number = Number(text(place, name));
      if (!Number.isSafeInteger(number)) throw new RpcFault(`"${name}" is not a whole number.`);
      return number;
    },
    truth: (place, name) => truthFrom(text(place, name), name),
    texts: (place, name) => itemsOf(wanted(place, name), name).map((item) => textOf(item, name)),
    pairs: (place, name) =>
      itemsOf(wanted(place, name), name).map((item) => {
        const [key, value, ...more] = itemsOf(item, name);
        if (key === undefined || value === undefined || more.length > 0)
          throw new RpcFault(`"${name}" is not a list of pairs of a name and a value.`);
        return [textOf(key, name), textOf(value, name)];
      }),
  };
}

/**
 * An amount as scripts send it. One that was reckoned in binary floating point (30.299999999999997) is
 * taken as the decimal number that it stands for; any other with more than four decimals is refused.
 */
export function moneyFrom(text: string): Money {
  const plain = /^[+-]?\d{0,12}\.\d{12,20}$/.test(text) ? Number(text).toFixed(9) : text;
  const parsed = parseMoney(plain);
  if (parsed.kind === "refused") throw new RpcFault(parsed.sentence);
  return parsed.money;
}

/** Truth as scripts write it. */
export function truthFrom(text: string, name: string): boolean {
  switch (text.trim().toLowerCase()) {
    case "1":
    case "true":
    case "yes":
    case "y":
      return true;
    case "0":
    case "false":
    case "no":
    case "n":
      return false;
    default:
      throw new RpcFault(`"${name}" is neither true nor false.`);
  }
}

function textOf(value: RpcValue, name: string): string {
  if (value.kind === "array" || value.kind === "struct" || value.kind === "other")
    throw new RpcFault(`The argument "${name}" is not a text or a number.`);
  if (value.text.length > TEXT_AT_MOST) throw new RpcFault(`The argument "${name}" is too long.`);
  return value.text;
}

function itemsOf(value: RpcValue, name: string): RpcValue[] {
  if (value.kind !== "array") throw new RpcFault(`The argument "${name}" is not a list.`);
  if (value.items.length > ITEMS_AT_MOST) throw new RpcFault(`The list "${name}" is too long.`);
  return value.items;
}
