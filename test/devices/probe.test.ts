import { expect, test } from "vitest";
import { probeDevice } from "../../device-bridge/probe/probe-device.ts";
import { readDeviceKey } from "../../ipp/client/device-key.ts";
import { simulatedPassword, startSimulator } from "../../simulator/start-simulator.ts";
import { freeUdpPort } from "./free-udp-port.ts";
import { twenty, usual } from "./twenty.ts";

/** Line 5: twenty devices of different habits behind the probe, which finds each for what it is. */
test.concurrent.for(Object.entries(twenty))("%s", { timeout: 60_000 }, async ([, device]) => {
  const snmpPort = await freeUdpPort();
  const simulator = await startSimulator({
    host: "127.0.0.1",
    port: 0,
    snmpPort,
    habits: device.habits,
    pagesPerMinute: 300,
    sleepAfterMs: 60_000,
    wakeMs: 1_000,
  });
  try {
    const uri = simulator.printerUri;
    const key = await readDeviceKey({ uri, timeout: 5_000 });
    const profile = await probeDevice({
      uri,
      trust: key === undefined ? "authorities" : { publicKey256: key.publicKey256 },
      credentials: simulatedPassword,
      snmp: { port: snmpPort },
      print: true,
      now: Date.now,
      signal: AbortSignal.timeout(50_000),
    });
    expect({ escl: undefined, ...profile }).toMatchObject({ ...usual, ...device.expected });
    expect(simulator.paper().length).toBeLessThanOrEqual(15);
  } finally {
    await simulator.close();
  }
});
