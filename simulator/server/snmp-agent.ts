import snmp from "net-snmp";
import { behaves } from "../printer/habits.ts";
import { impressions } from "../printer/printed-side.ts";
import { ownCounter } from "../printer/printer-attributes.ts";
import type { PrinterHost } from "./printer-host.ts";

export interface SnmpAgent {
  readonly port: number;
  close(): void;
}

/** prtMarkerTable of the Printer MIB, RFC 3805 §6; hrDevice 1, marker 1. */
const markerTable = "1.3.6.1.2.1.43.10.2.1";
const columns = { index: 1, technology: 2, unit: 3, lifeCount: 4, status: 15 } as const;
/** prtMarkerCounterUnit: RFC 3805's PrtMarkerCounterUnitTC. */
const units = { impressions: 7, sheets: 8 } as const;
/** Counters by colour as LaserJets have them (HP-LASERJET-COMMON-MIB): total, mono, colour. */
const byColour = "1.3.6.1.4.1.11.2.3.9.4.2.1.4.1.2";

/** Answers SNMPv1 and v2c with the device's own counter, read-only, under the community `public`. */
export function startSnmpAgent(options: {
  readonly host: PrinterHost;
  readonly address: string;
  readonly port: number;
  /** What it could not read, or a port that it could not have. */
  readonly onTrouble: (error: unknown) => void;
}): SnmpAgent {
  const { host, address, port, onTrouble } = options;
  const agent = snmp.createAgent({ address, port, accessControlModelType: 0 }, (error: unknown) => {
    if (error !== null && error !== undefined) onTrouble(error);
  });
  agent.getAuthorizer().addCommunity("public");
  const mib = agent.getMib();
  const readOnly = snmp.MaxAccess["read-only"];
  const { Integer, Counter32, OctetString } = snmp.ObjectType;

  interface MibRequest {
    done(): void;
  }
  const told = (request: MibRequest) => {
    refresh();
    request.done();
  };
  const column = (number: number, name: string, type: number) => ({
    number,
    name,
    type,
    maxAccess: readOnly,
  });
  agent.registerProvider({
    name: "prtMarkerTable",
    type: snmp.MibProviderType.Table,
    oid: markerTable,
    maxAccess: snmp.MaxAccess["not-accessible"],
    tableColumns: [
      { number: 0, name: "device", type: Integer, maxAccess: snmp.MaxAccess["not-accessible"] },
      { number: 1, name: "marker", type: Integer, maxAccess: snmp.MaxAccess["not-accessible"] },
      column(columns.technology, "technology", Integer),
      column(columns.unit, "unit", Integer),
      column(columns.lifeCount, "lifeCount", Counter32),
      column(columns.status, "status", Integer),
    ],
    tableIndex: [{ columnName: "device" }, { columnName: "marker" }],
    handler: told,
  });
  mib.addTableRow("prtMarkerTable", [1, 1, 4, units.impressions, 0, 0]);
  const scalar = (name: string, oid: string, type: number) => {
    const provider = { name, oid, scalarType: type, maxAccess: readOnly, handler: told };
    agent.registerProvider({ ...provider, type: snmp.MibProviderType.Scalar });
  };
  scalar("sysDescr", "1.3.6.1.2.1.1.1", OctetString);
  scalar("total", `${byColour}.5`, Counter32);
  scalar("mono", `${byColour}.6`, Counter32);
  scalar("colour", `${byColour}.7`, Counter32);
  mib.setScalarValue("sysDescr", host.state().config.name);

  function refresh(): void {
    const printer = host.state();
    const counter = ownCounter(printer);
    const sheets = behaves(printer, "snmp-sheets");
    const row = [1, 1];
    const count = sheets ? counter.sheets : impressions(counter);
    mib.setTableSingleCell("prtMarkerTable", columns.lifeCount, row, count);
    const unit = sheets ? units.sheets : units.impressions;
    mib.setTableSingleCell("prtMarkerTable", columns.unit, row, unit);
    mib.setScalarValue("total", impressions(counter));
    mib.setScalarValue("mono", counter.grey);
    mib.setScalarValue("colour", counter.colour);
  }

  refresh();
  return { port, close: () => agent.close() };
}
