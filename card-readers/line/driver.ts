import { lineDriver } from "./line-driver.ts";

/** Elatec TWN3 and TWN4 as they are sold, and any other reader that sends lines. */
export const driver = lineDriver("line", { medium: "rfid" });

/** Scanners of barcodes and QR codes. */
export const barcodeDriver = lineDriver("barcode", { medium: "barcode" });

/** The TWN3 module for HID Prox, which says how many bits there are before the bits. */
export const bitCountDriver = lineDriver("twn3-prox", { medium: "rfid", countsBits: true });
