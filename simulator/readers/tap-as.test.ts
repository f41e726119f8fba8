import { expect, it } from "vitest";
import { watchReaders } from "../../card-readers/watch-readers.fixture.ts";
import { readerKinds } from "./reader-kinds.ts";
import { tapAs } from "./tap-as.ts";

const drivers = new Map([
  ["twn3-prox", "twn3-prox"],
  ["elatec-simple", "elatec-simple"],
  ["rfideas-ascii", "rfideas-ascii"],
]);

it.concurrent.each(readerKinds)(
  "a badge at a virtual %s reads as one at a real one",
  async (kind) => {
    const driver = drivers.get(kind) ?? "line";
    const watching = await watchReaders([
      { id: "lobby/0", connection: { kind: "listen", driver } },
    ]);
    const { port } = watching.readers;
    await tapAs({ kind, host: "127.0.0.1", port, card: "0F0184F07D" });
    expect(watching.cards.map(({ text }) => text)).toEqual(["0F0184F07D"]);
    await watching.close();
  },
);

it("says which readers there are, and what a badge's number looks like", async () => {
  const to = { host: "127.0.0.1", port: 1, card: "66CF4DC2" };
  await expect(tapAs({ ...to, kind: "wallet" })).rejects.toThrow(/rdm6300/);
  await expect(tapAs({ ...to, kind: "line", card: "me" })).rejects.toThrow(/hex/);
  await expect(tapAs({ ...to, kind: "line" })).rejects.toThrow(/Nobody takes a badge/);
});
