import { expect, test } from "vitest";
import { settingsOf } from "./defaults.ts";
import { parseConfiguration } from "./load.ts";

const complaintAbout = (text: string) => {
  try {
    settingsOf(parseConfiguration(text, "site.yaml"), "site.yaml");
  } catch (error) {
    return (error as Error).message;
  }
  return "no complaint";
};

test("a wrong key is named with its line", () => {
  expect(complaintAbout("site:\n  name: Library\n  colour: red\n")).toMatch(
    /^site\.yaml, line 3: "site\.colour" is not a key/,
  );
  expect(complaintAbout("sever: {}\n")).toMatch(/^site\.yaml, line 1: "sever" is not a key/);
});

test("a wrong value is named with its line and with what is expected there", () => {
  expect(complaintAbout("prices:\n  grey: a lot\n  colour: 0.2\n")).toMatch(
    /line 2: "prices\.grey" .*0\.05/,
  );
  expect(complaintAbout("devices:\n  copier:\n    url: http://copier/\n")).toMatch(
    /line 3: "devices\.copier\.url" .*ipp:\/\//,
  );
  expect(
    complaintAbout("terminals:\n  a:\n    devices: [x]\n    readers:\n      - dial: nowhere\n"),
  ).toMatch(/line 5: .*host:port/);
  expect(complaintAbout("prices: { grey: 1 }\n")).toMatch(
    /line 1: "prices" needs the key "colour"/,
  );
  expect(complaintAbout("prices: { grey: -1, colour: 1 }\n")).toMatch(/"grey" is below zero/);
});

test("readers are reached as they are configured", () => {
  const [terminal] = settingsOf(
    parseConfiguration(
      `
devices: { copier: { url: "ipp://copier.example.org/ipp/print" } }
terminals:
  lobby:
    devices: [copier]
    readers:
      - hid: auto
      - serial: auto
        elatec: { tagTypes: [MIFARE, HIDICLASS], iclass: pac }
      - keyboard: auto
        prefix: "%"
      - keyboard: /dev/input/by-id/reader-event-kbd
        shared: true
      - keyboard: screen
        suffix: none
`,
      "site.yaml",
    ),
    undefined,
  ).site.terminals;
  expect(terminal?.readers).toEqual([
    { kind: "hid" },
    { kind: "serial", elatec: { tagTypes: ["MIFARE", "HIDICLASS"], iclass: "pac" } },
    { kind: "input-device", settings: { prefix: "%" } },
    {
      kind: "input-device",
      path: "/dev/input/by-id/reader-event-kbd",
      driver: "wedge",
      settings: { shared: true },
    },
    { kind: "screen", settings: { suffix: "none" } },
  ]);
});

test("what is not YAML, and what names a device that is not there, is said", () => {
  expect(complaintAbout("site: [\n")).toMatch(/not valid YAML/);
  expect(complaintAbout("site: {}\nsite: {}\n")).toMatch(/line 2: this is not valid YAML/);
  expect(complaintAbout("terminals:\n  lobby:\n    devices: [copier]\n")).toMatch(
    /names the device "copier"/,
  );
  expect(complaintAbout("queues:\n  q: { kind: secure }\n")).toMatch(/exactly one device/);
});

test("an empty file is a whole site with a simulated device; a real device takes its place", () => {
  const empty = settingsOf(parseConfiguration("", "site.yaml"), undefined);
  expect(empty.simulator?.port).toBe(6310);
  expect(empty.site.queues.map(({ name }) => name)).toEqual(["find-me", "direct"]);
  const real = settingsOf(
    parseConfiguration(
      "devices:\n  copier:\n    url: ipp://copier.example.org/ipp/print\n",
      "site.yaml",
    ),
    undefined,
  );
  expect(real.simulator).toBeUndefined();
  expect(real.site.terminals.map(({ id, devices }) => [id, devices])).toEqual([
    ["lobby", ["copier"]],
  ]);
});
