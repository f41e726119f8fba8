import { expect, it } from "vitest";
import { readPipeline } from "../../card-readers/numbers/pipeline.ts";
import { checkRules } from "./check-rules.ts";

async function effectOf(text: string, numbers: Record<string, string>) {
  const read = readPipeline(text);
  if (read.kind === "refused") throw new Error(read.sentence);
  const badges = Object.entries(numbers).map(([login, number]) => ({
    holder: login,
    login,
    number,
    inDirectory: false,
  }));
  const { collisions, ...counts } = await checkRules(read.pipeline, badges);
  return { ...counts, collisions: collisions.map((one) => one.map(({ login }) => login)) };
}

it("counts what steps do to the badges that are known", async () => {
  const numbers = { alice: "946EBD28", bob: "66CF4DC2", carol: "1724861890", dora: "XYZ1" };
  expect(await effectOf("", numbers)).toMatchObject({ same: 4, collisions: [] });
  expect(await effectOf("hex2dec", numbers)).toEqual({
    same: 0,
    // Alice's, and Carol's, whose digits could be a hexadecimal number.
    changed: 2,
    noCard: 1,
    // What Bob's card says becomes the number that Carol has.
    collisions: [["carol", "bob"]],
  });
});

it("names people whose cards are no longer told apart", async () => {
  const numbers = { alice: "11110042", bob: "22220042", carol: "33330099" };
  expect((await effectOf("right(4)", numbers)).collisions).toEqual([["alice", "bob"]]);
});
