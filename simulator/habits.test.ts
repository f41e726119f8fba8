import snmp from "net-snmp";
import { afterEach, describe, expect, it } from "vitest";
import * as ipp from "../ipp/build.ts";
import { createIppClient } from "../ipp/client/client.ts";
import { getPrinterAttributes } from "../ipp/client/printer-operations.ts";
import { integerOf } from "../ipp/read.ts";
import type { HabitName } from "./printer/habits.ts";
import { createTestDevice, documentOf } from "./printer/test-device.ts";
import { type Simulator, startSimulator } from "./start-simulator.ts";

const device = (...habits: HabitName[]) => createTestDevice({ habits, pagesPerMinute: 6000 });
const copies = (count: number) => [ipp.attribute("copies", ipp.integer(count))];

describe("a device of a habit", () => {
  it("makes more or fewer sides than it was asked for", () => {
    for (const [habit, made] of [
      ["copies-ignored", 2],
      ["copies-doubled", 8],
      ["sides-ignored", 4],
    ] as const) {
      const { print, pass, pagesOut } = device(habit);
      print(documentOf("gc"), copies(2));
      pass(5);
      expect(pagesOut(), habit).toHaveLength(made);
    }
    const whole = device("page-ranges-ignored");
    whole.print(documentOf("ggg"), [ipp.attribute("page-ranges", ipp.range(2, 2))]);
    whole.pass(5);
    expect(whole.pagesOut()).toEqual([1, 2, 3]);
  });

  it("lays pages side by side where it can, and says so where it cannot", () => {
    const wishes = [
      ipp.attribute("page-ranges", ipp.range(2, 9)),
      ipp.attribute("number-up", ipp.integer(2)),
    ];
    const able = device();
    able.print(documentOf("cgggc"), wishes);
    able.pass(5);
    expect(able.pagesOut()).toEqual([2, 4]);
    expect(able.printer()?.attributes).toContainEqual(
      ipp.attribute("number-up-supported", ...[1, 2, 4, 6, 9, 16].map(ipp.integer)),
    );
    const plain = device("plain-pages");
    plain.print(documentOf("cgggc"), wishes);
    plain.pass(5);
    expect(plain.pagesOut()).toEqual([1, 2, 3, 4, 5]);
    expect(plain.printer()?.attributes).toContainEqual(
      ipp.attribute("page-ranges-supported", ipp.boolean(false)),
    );
  });

  it("tells of a job what it counts, true or not", () => {
    const counts = (habit: HabitName) => {
      const { print, pass, job } = device(habit);
      print(documentOf("gc"));
      pass(5);
      const { group } = job(1);
      return [
        integerOf(group, "job-impressions-completed"),
        integerOf(group, "job-media-sheets-completed"),
      ];
    };
    expect(counts("sheets-only")).toEqual([undefined, 2]);
    expect(counts("zero-at-end")).toEqual([0, 0]);
    expect(counts("no-job-counters")).toEqual([undefined, undefined]);
    expect(counts("no-device-counter")).toEqual([2, 2]);
  });

  it("counts a sheet of its own with each job", () => {
    const { print, pass, printer } = device("counts-extra");
    print(documentOf("gc"));
    pass(5);
    expect(integerOf(printer(), "printer-impressions-completed")).toBe(3);
  });

  it("gives the same numbers to other jobs", () => {
    const { print, pass, twin } = device("ids-again");
    for (let count = 0; count < 4; count += 1) {
      print(documentOf("g"));
      pass(2);
    }
    expect(twin.paper().map(({ job }) => job)).toEqual([1, 2, 3, 1]);
    expect(new Set(twin.paper().map(({ jobUuid }) => jobUuid)).size).toBe(4);
  });
});

describe("a device on the network", () => {
  let simulator: Simulator | undefined;
  afterEach(async () => {
    await simulator?.close();
    simulator = undefined;
  });
  const start = async (habits: HabitName[], snmpPort?: number) => {
    simulator = await startSimulator({
      host: "127.0.0.1",
      port: 0,
      habits,
      ...(snmpPort === undefined ? {} : { snmpPort }),
    });
    return simulator;
  };

  it("shows its own certificate, and another one after a while", async () => {
    const { printerUri, setFault } = await start(["tls"]);
    expect(printerUri).toMatch(/^ipps:/);
    const look = async (fingerprint256: string) => {
      const client = createIppClient({ uri: printerUri, trust: { fingerprint256 } });
      const answer = await getPrinterAttributes(client).catch((error: Error) => error.message);
      client.close();
      return answer;
    };
    const refusal = String(await look("00"));
    const shown = /fingerprint: ([0-9A-F:]+)/.exec(refusal)?.[1] ?? "";
    expect(await look(shown)).toMatchObject({ ok: true });
    setFault("another-key");
    expect(String(await look(shown))).toContain("another certificate");
  });

  it("counts over SNMP", async () => {
    const port = 16_000 + (process.pid % 20_000);
    await start([], port);
    const session = snmp.createSession("127.0.0.1", "public", { port, timeout: 1000 });
    const told = await new Promise((resolve, reject) => {
      session.get(["1.3.6.1.2.1.43.10.2.1.4.1.1"], (error, varbinds) =>
        error === null ? resolve(varbinds?.[0]?.value) : reject(error),
      );
    });
    session.close();
    expect(told).toBe(0);
  });
});
