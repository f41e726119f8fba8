/**
 * An open HID device that is spoken to in feature reports: whoever has it sends one and fetches the
 * next. Nothing comes unasked, so an unplugged device is noticed by the next report. Both throw
 * ReaderTrouble.
 */
export interface FeatureWire {
  readonly carries: "features";
  /** The path of the device. */
  readonly address: string;
  send(report: Uint8Array): Promise<void>;
  fetch(): Promise<Uint8Array>;
  close(): Promise<void>;
}
