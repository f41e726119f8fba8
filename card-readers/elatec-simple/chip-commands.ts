import { bytes, counted } from "./message-bytes.ts";

/**
 * What the chip in the field is asked beyond its number (DocRev 17): for cards whose number is not what a
 * site knows people by. Bytes that come back are never more than the reader is told to give.
 */
export const chipCommands = {
  /** HID iCLASS: the bits that a door reads. */
  iclassPacBits: bytes(0x11, 0x00, 0xff),
  /** Answer to select of ISO 14443-4. */
  ats: bytes(0x12, 0x00, 0x20),
  /** Whether the ISO 14443-4 card that was found still answers. */
  isPresent: bytes(0x12, 0x02),
  /** One command of ISO 7816-4 to it, of 255 bytes at most, and how many may come back. */
  exchange: (command: Uint8Array, longest = 0xff) =>
    bytes(0x12, 0x03, ...counted(command), longest),
  atqa: bytes(0x12, 0x04),
  sak: bytes(0x12, 0x05),
  /** All ISO 14443A cards in the field. */
  searchMany: bytes(0x12, 0x08, 0xff),
  /** One of those. Models for LEGIC do not know it. */
  select: (uid: Uint8Array) => bytes(0x12, 0x09, ...counted(uid)),
  /** The true number of a DESFire card that tells a random one; only after it was authenticated. */
  desfireUid: bytes(0x0f, 0x16, 0x00, 0x10),
} as const;
