import { expect, it } from "vitest";
import type { Terminal } from "../../protocol/site.ts";
import { cardNumbersOf } from "./card-numbers.ts";

const terminal = (id: string, cardNumbers?: string): Terminal => ({
  id,
  name: id,
  bridge: "corridor",
  devices: ["copier"],
  readers: [],
  ...(cardNumbers === undefined ? {} : { cardNumbers }),
});

it("takes a terminal's own steps, else the site's; an empty text is none", () => {
  const site = { policy: { idleSeconds: 60, warningSeconds: 20, cardNumbers: "hex2dec" } };
  const numbers = cardNumbersOf(site, [
    terminal("lobby"),
    terminal("annexe", "reverse-bytes | hex2dec"),
    terminal("attic", ""),
    terminal("cellar", "a-step-of-tomorrow"),
  ]);
  const textOf = (id: string) => {
    const told = numbers.get(id);
    return told?.kind === "pipeline" ? told.pipeline.text : told?.sentence;
  };
  expect(["lobby", "annexe", "attic"].map(textOf)).toEqual([
    "hex2dec",
    "reverse-bytes | hex2dec",
    "",
  ]);
  expect(textOf("cellar")).toMatch(/there is no step "a-step-of-tomorrow"/);
});
