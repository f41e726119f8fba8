import type { Candidate, DriverEntry } from "./driver.ts";
import { byFingerprint, type Fingerprint, isSharedByMany } from "./fingerprint.ts";

/** A TWN4 that makes a serial line, whichever program it runs. */
const elatec = { vendorId: 0x09d8, manufacturer: /elatec/i };
const twn4: readonly Fingerprint[] = [
  { ...elatec, productId: 0x0420, product: /TWN4|RFID/i },
  // The same beside a smart card reader (CCID) in one device.
  { ...elatec, productId: 0x0427, product: /TWN4|RFID/i },
];

/**
 * All drivers, those that find out most about a reader first. Where two fit equally well the first is
 * tried first, and the next when it finds a stranger. Nothing of a driver is loaded before it is chosen.
 */
export const drivers: readonly DriverEntry[] = [
  {
    id: "elatec-simple",
    name: "Elatec TWN4 with Simple Protocol",
    takes: ["serial", "tcp-dial", "tcp-listen"],
    score: byFingerprint(...twn4),
    load: async () => (await import("./elatec-simple/driver.ts")).driver,
  },
  {
    id: "line",
    name: "reader that sends lines: Elatec TWN3 and TWN4 as sold, RDM6300, IndiTag, magnetic stripe",
    takes: ["serial", "tcp-dial", "tcp-listen"],
    score: byFingerprint(...twn4, { ...elatec, productId: 0x0320, product: /TWN3/i }),
    load: async () => (await import("./line/driver.ts")).driver,
  },
  {
    id: "twn3-prox",
    name: "Elatec TWN3 module for HID Prox, which sends the count of bits before them",
    takes: ["serial", "tcp-dial", "tcp-listen"],
    score: () => 0,
    load: async () => (await import("./line/driver.ts")).bitCountDriver,
  },
  {
    id: "barcode",
    name: "scanner of barcodes or QR codes that sends lines",
    takes: ["serial", "tcp-dial", "tcp-listen"],
    score: () => 0,
    load: async () => (await import("./line/driver.ts")).barcodeDriver,
  },
  {
    id: "rfideas-ascii",
    name: "RF IDeas reader with the ASCII protocol",
    takes: ["serial", "tcp-dial", "tcp-listen"],
    // The ids of its products are not known for certain; nothing else of this maker makes serial lines.
    score: byFingerprint({ vendorId: 0x0c27, manufacturer: /rf ?ideas/i }),
    load: async () => (await import("./rfideas-ascii/driver.ts")).driver,
  },
  {
    id: "network",
    name: "network reader that sends lines, with beep and error commands",
    takes: ["tcp-listen", "tcp-dial"],
    score: () => 1,
    load: async () => (await import("./network/driver.ts")).driver,
  },
  {
    id: "pcsc",
    name: "contactless reader behind the system's smart card service (PC/SC)",
    takes: ["pcsc"],
    score: () => 1,
    load: async () => (await import("./pcsc/driver.ts")).driver,
  },
  {
    id: "osdp",
    name: "OSDP reader on a serial line of its own (RS485)",
    takes: ["serial", "tcp-dial"],
    // Its adapter says nothing of it, and nobody but a site knows that it has the key.
    score: () => 0,
    load: async () => (await import("./osdp/driver.ts")).driver,
  },
  {
    id: "pcprox",
    name: "RF IDeas pcProx or WAVE ID over USB (HID)",
    takes: ["hid"],
    score: byFingerprint({ vendorId: 0x0c27, productId: 0x3bfa, manufacturer: /RF ?IDeas/i }),
    load: async () => (await import("./pcprox/driver.ts")).driver,
  },
  {
    id: "wedge",
    name: "reader that acts as a keyboard",
    takes: ["input-device"],
    // By maker alone: a reader's keyboard has several product ids, and nobody else's is taken.
    score: byFingerprint({ vendorId: 0x09d8 }, { vendorId: 0x0c27 }),
    load: async () => (await import("./wedge/driver.ts")).driver,
  },
];

export type Choice =
  | { readonly kind: "chosen"; readonly drivers: readonly DriverEntry[] }
  | { readonly kind: "refused"; readonly sentence: string };

/** Which drivers to try at a candidate, the best first; or the one that was named for it. */
export function chooseDrivers(
  candidate: Candidate,
  options: { readonly named?: string; readonly among?: readonly DriverEntry[] } = {},
): Choice {
  const { named, among = drivers } = options;
  const able = among.filter(({ takes }) => takes.includes(candidate.transport));
  const { address } = candidate;
  if (named !== undefined) {
    const driver = able.find(({ id }) => id === named);
    if (driver !== undefined) return { kind: "chosen", drivers: [driver] };
    const others = able.map(({ id }) => id).join(", ");
    return refused(`The driver ${named} cannot read at ${address}. One of these can: ${others}.`);
  }
  const scored = able
    .map((driver) => ({ driver, score: driver.score(candidate) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  if (scored.length > 0) return { kind: "chosen", drivers: scored.map(({ driver }) => driver) };
  return refused(
    isSharedByMany(candidate)
      ? `What is plugged in at ${address} has an adapter that many things have. Name the reader's driver in the configuration.`
      : `No driver knows what is at ${address}. Name the reader's driver in the configuration.`,
  );
}

function refused(sentence: string): Choice {
  return { kind: "refused", sentence };
}
