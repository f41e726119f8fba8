import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { watchReaders } from "../../card-readers/watch-readers.fixture.ts";
import { hasPtys } from "./over-pty.ts";
import { plugIn } from "./plug-in.ts";
import { plugKeyboard, plugPcprox } from "./plug-usb.ts";
import { type MakeNumberReader, readerOfKind } from "./reader-kinds.ts";

const folder = mkdtempSync(join(tmpdir(), "guichet-plugs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.skipIf(!hasPtys()).each(["elatec-simple", "line", "rfideas-ascii"])(
  "a virtual %s at a serial port of the name that was configured reads as a real one",
  async (kind) => {
    const path = join(folder, kind);
    // Left behind by one that was killed.
    symlinkSync("/dev/pts/99999", path);
    const plug = await plugIn(readerOfKind(kind), { kind: "serial", path });
    const connection = { kind: "serial", path, driver: kind } as const;
    const { readers, cards, until, close } = await watchReaders([{ id: "lobby/0", connection }]);
    await until(() => readers.state("lobby/0") === "ready");
    await plug.hold("66CF4DC2");
    await until(() => cards.length === 1);
    expect(cards[0]?.text).toBe("66CF4DC2");
    await close();
    await plug.unplug();
    expect(existsSync(path)).toBe(false);
  },
);

it("a virtual network reader that is dialled tells its version, which is no card", async () => {
  let wasAsked: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    wasAsked = resolve;
  });
  const make: MakeNumberReader = (send) => {
    const reader = readerOfKind("network")(send);
    return {
      ...reader,
      hear(bytes) {
        reader.hear(bytes);
        wasAsked();
      },
    };
  };
  const cable = { kind: "listens", host: "127.0.0.1", port: 0 } as const;
  const plug = await plugIn(make, cable);
  const port = Number(/port (\d+)/.exec(plug.where)?.[1]);
  const { readers, cards, until, close } = await watchReaders([
    { id: "lobby/0", connection: { kind: "dial", host: "127.0.0.1", port } },
  ]);
  await until(() => readers.state("lobby/0") === "ready");
  await asked;
  await plug.hold("0012345678");
  await until(() => cards.length === 1);
  expect(cards[0]?.text).toBe("0012345678");
  await close();
  await plug.unplug();
});

it("what is in the way, or missing, is said in a sentence", async () => {
  const make = readerOfKind("line");
  const path = join(folder, "a-real-port");
  writeFileSync(path, "");
  await expect(plugIn(make, { kind: "serial", path })).rejects.toThrow(/is there already/);
  expect(existsSync(path)).toBe(true);
  if (hasPtys())
    await expect(
      plugIn(make, { kind: "serial", path: join(folder, "no", "folder") }),
    ).rejects.toThrow(/cannot be put at .*ENOENT/);
  await expect(plugIn(make, { kind: "listens", host: "192.0.2.9", port: 4001 })).rejects.toThrow(
    /the address must be this machine's/,
  );
  expect(() => readerOfKind("wallet")).toThrow(/rdm6300/);
});

it.skipIf(existsSync("/dev/uhid"))("a pcProx needs a kernel that makes it", async () => {
  await expect(plugPcprox()).rejects.toThrow(/module uhid/);
});

it.skipIf(existsSync("/sys/class/udc"))("a reader at USB needs a device controller", async () => {
  await expect(plugIn(readerOfKind("line"), { kind: "usb" })).rejects.toThrow(/libcomposite/);
  expect(() => plugKeyboard()).toThrow(/libcomposite/);
});
