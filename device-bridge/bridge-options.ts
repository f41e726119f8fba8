import type { Logger } from "pino";
import type { TlsPair } from "../link/certificate.ts";
import type { Converter } from "./convert/converter.ts";
import type { Identity } from "./site/outside.ts";

export interface BridgeOptions {
  /** The bridge's name in the site. */
  readonly id: string;
  readonly host: string;
  /** Of the kiosk; 0 for any. */
  readonly port: number;
  /** Names by which screens on other machines reach it. */
  readonly hostNames?: readonly string[];
  /** What is shown to screens over TLS, at the same port. */
  readonly tls?: TlsPair;
  /** Where readers that dial in are listened for; the kiosk's host if left out. */
  readonly readerHost?: string;
  /** 7778 if left out; 0 for any. */
  readonly readerPort?: number;
  /** The folder of all that must last. */
  readonly dataDir: string;
  readonly serverUrl: string;
  readonly identity: Identity;
  /** The built kiosk. */
  readonly kioskDir: string;
  readonly logoPath?: string;
  /** Programs for devices that do not take a document as it is. */
  readonly converters?: readonly Converter[];
  readonly log: Logger;
  /** Wall clock, milliseconds. */
  readonly now?: () => number;
  /** Monotonic clock, milliseconds. */
  readonly monotonic?: () => number;
}

/** What every part of a bridge is given. */
export interface BridgeSurroundings {
  readonly log: Logger;
  readonly now: () => number;
  readonly monotonic: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** The sentence of anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
