import * as ipp from "../../ipp/build.ts";
import type { IppAttribute } from "../../ipp/message.ts";
import { printerState } from "../../ipp/states.ts";
import { behaves } from "./habits.ts";
import { type Address, byColour, printerUri, upTime } from "./job-attributes.ts";
import { impressions, type PageCounter } from "./printed-side.ts";
import { printerCapabilities } from "./printer-capabilities.ts";
import type { PrinterState } from "./printer-state.ts";
import { showPrinter } from "./shown-printer.ts";

/** All that the device tells of itself, RFC 8011 §5.4 and PWG 5100.14 (IPP Everywhere) §5. */
export function printerAttributes(
  printer: PrinterState,
  address: Address,
  now: number,
): IppAttribute[] {
  return [
    ...status(printer, now),
    ...identity(printer, address),
    ...printerCapabilities(printer),
    ...supplies(printer, address),
  ];
}

function status(printer: PrinterState, now: number): IppAttribute[] {
  const shown = showPrinter(printer);
  const waiting = printer.jobs.filter((job) => job.stage.kind !== "ended").length;
  return [
    ipp.attribute("printer-state", ipp.enumeration(printerState[shown.state])),
    ipp.attribute("printer-state-reasons", ...ipp.keywords(...shown.reasons)),
    ipp.attribute("printer-state-message", ipp.text(shown.message)),
    ipp.attribute("printer-is-accepting-jobs", ipp.boolean(true)),
    ipp.attribute("queued-job-count", ipp.integer(waiting)),
    ipp.attribute("printer-up-time", ipp.integer(upTime(printer, now))),
    ipp.attribute("printer-current-time", ipp.dateTime(new Date(now))),
    ipp.attribute("printer-state-change-time", ipp.integer(1)),
    ipp.attribute("printer-state-change-date-time", ipp.dateTime(new Date(printer.bootedAt))),
    ipp.attribute("printer-config-change-time", ipp.integer(1)),
    ipp.attribute("printer-config-change-date-time", ipp.dateTime(new Date(printer.bootedAt))),
    ...counters(printer),
  ];
}

function counters(printer: PrinterState): IppAttribute[] {
  if (behaves(printer, "no-counters") || behaves(printer, "no-device-counter")) return [];
  const counter = ownCounter(printer);
  const sheets = ipp.attribute("printer-media-sheets-completed", ipp.integer(counter.sheets));
  if (behaves(printer, "sheets-only")) return [sheets];
  return [
    ipp.attribute("printer-impressions-completed", ipp.integer(impressions(counter))),
    ...(behaves(printer, "no-colour-split")
      ? []
      : [byColour("printer-impressions-completed-col", counter)]),
    sheets,
  ];
}

/** What the device's own counter says, over IPP and SNMP: a device may count what nobody sees. */
export function ownCounter({ counter, uncounted }: PrinterState): PageCounter {
  return {
    colour: counter.colour,
    grey: counter.grey + uncounted,
    sheets: counter.sheets + uncounted,
  };
}

function identity(printer: PrinterState, address: Address): IppAttribute[] {
  const { config } = printer;
  return [
    ipp.attribute("printer-uri-supported", ipp.uri(printerUri(address))),
    ipp.attribute("uri-authentication-supported", ipp.keyword(authentication(printer))),
    ipp.attribute("uri-security-supported", ipp.keyword(address.tls ? "tls" : "none")),
    ipp.attribute("printer-name", ipp.name("print")),
    ipp.attribute("printer-info", ipp.text(config.name)),
    ipp.attribute("printer-dns-sd-name", ipp.name(config.name)),
    ipp.attribute("printer-make-and-model", ipp.text("Guichet Virtual MFP")),
    ipp.attribute("printer-device-id", ipp.text(deviceId)),
    ipp.attribute("printer-uuid", ipp.uri(`urn:uuid:${config.uuid}`)),
    ipp.attribute("printer-location", ipp.text(config.location)),
    ipp.attribute("printer-geo-location", ipp.outOfBand("unknown")),
    ipp.attribute("printer-organization", ipp.text("")),
    ipp.attribute("printer-organizational-unit", ipp.text("")),
    ipp.attribute("printer-more-info", ipp.uri(`http://${address.authority}/`)),
    ipp.attribute("identify-actions-default", ipp.keyword("display")),
    ipp.attribute("identify-actions-supported", ipp.keyword("display")),
    ipp.attribute("color-supported", ipp.boolean(true)),
    ipp.attribute("pages-per-minute", ipp.integer(pace(printer))),
    ipp.attribute("pages-per-minute-color", ipp.integer(pace(printer))),
  ];
}

function authentication(printer: PrinterState): string {
  if (behaves(printer, "asks-password")) return "basic";
  return behaves(printer, "asks-digest") ? "digest" : "none";
}

const deviceId = "MFG:Guichet;MDL:Virtual MFP;CMD:PDF,JPEG,PWGRaster,URF;";

/** An engine without a pace still has to tell one. */
function pace({ config }: PrinterState): number {
  return config.pagesPerMinute === 0 ? 100_000 : Math.max(1, Math.round(config.pagesPerMinute));
}

function supplies(printer: PrinterState, { authority }: Address): IppAttribute[] {
  const level = printer.faults["toner-low"] === undefined ? 80 : 6;
  const supply = `type=toner;maxcapacity=100;level=${level};class=supplyThatIsConsumed;unit=percent;colorantname=black;`;
  return [
    ipp.attribute("printer-supply", ipp.octetString(Buffer.from(supply))),
    ipp.attribute("printer-supply-description", ipp.text("Black toner")),
    ipp.attribute("printer-supply-info-uri", ipp.uri(`http://${authority}/`)),
    ipp.attribute("marker-names", ipp.name("Black toner")),
    ipp.attribute("marker-types", ipp.keyword("toner")),
    ipp.attribute("marker-colors", ipp.name("#000000")),
    ipp.attribute("marker-levels", ipp.integer(level)),
    ipp.attribute("marker-low-levels", ipp.integer(10)),
    ipp.attribute("marker-high-levels", ipp.integer(100)),
  ];
}
