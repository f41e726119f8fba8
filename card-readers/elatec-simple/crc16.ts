/**
 * The check of the Simple Protocol: CRC-16 with the reversed polynomial 0x8408, begun with 0xFFFF, over
 * the bytes of the message alone (Elatec TWN4 Simple Protocol, DocRev 17, p. 10).
 */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    let it = byte ^ (crc & 0xff);
    it ^= (it << 4) & 0xff;
    crc = (((it << 8) | (crc >> 8)) ^ (it >> 4) ^ (it << 3)) & 0xffff;
  }
  return crc;
}
