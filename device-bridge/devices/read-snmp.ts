import snmp from "net-snmp";

export interface SnmpAddress {
  readonly host: string;
  readonly port: number;
  readonly community: string;
}

/** A device's own counter as the Printer MIB tells it (RFC 3805 `prtMarkerLifeCount`). */
export interface SnmpCounter {
  readonly count: number;
  /** `prtMarkerCounterUnit`: 7 impressions, 8 sheets. */
  readonly unit: "sides" | "sheets" | "other";
}

const unitColumn = "1.3.6.1.2.1.43.10.2.1.3";
const lifeCountColumn = "1.3.6.1.2.1.43.10.2.1.4";
const units = new Map<unknown, SnmpCounter["unit"]>([
  [7, "sides"],
  [8, "sheets"],
]);

/**
 * Reads the first marker's counter, over SNMPv2c or else v1. Nothing is ever written. Undefined when
 * nobody answers in `timeoutMs`, or not with that. Never throws.
 */
export async function readSnmpCounter(
  address: SnmpAddress,
  timeoutMs: number,
): Promise<SnmpCounter | undefined> {
  for (const version of [snmp.Version2c, snmp.Version1]) {
    const counter = await ask(address, version, timeoutMs).catch(() => undefined);
    if (counter !== undefined) return counter;
  }
  return undefined;
}

function ask(
  { host, port, community }: SnmpAddress,
  version: 0 | 1 | 3,
  timeout: number,
): Promise<SnmpCounter | undefined> {
  return new Promise((resolve, reject) => {
    const session = snmp.createSession(host, community, {
      port,
      version: version === snmp.Version1 ? snmp.Version1 : snmp.Version2c,
      timeout,
      retries: 0,
    });
    // A datagram that is no SNMP ends the process of who does not listen to this.
    session.on("error", () => undefined);
    session.getNext([unitColumn, lifeCountColumn], (error, varbinds = []) => {
      session.close();
      if (error !== null) return reject(error);
      const [unit, count] = varbinds;
      const valid =
        count?.oid.startsWith(`${lifeCountColumn}.`) === true &&
        typeof count.value === "number" &&
        count.value >= 0;
      if (!valid || typeof count.value !== "number") return resolve(undefined);
      const said = unit?.oid.startsWith(`${unitColumn}.`) ? units.get(unit.value) : undefined;
      resolve({ count: count.value, unit: said ?? "other" });
    });
  });
}
