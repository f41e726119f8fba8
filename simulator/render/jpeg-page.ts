import type { DocumentPage } from "../printer/document-page.ts";
import type { ByteFile } from "./byte-file.ts";
import { UnreadableError } from "./unreadable-error.ts";

/**
 * The one page of a JPEG file, on A4: its colour is that of its frame header, one component or more
 * (ITU-T T.81 §B.2.2). Throws UnreadableError where there is no such header.
 */
export async function readJpeg(file: ByteFile): Promise<readonly DocumentPage[]> {
  for (let at = 2; at + 10 <= file.size; ) {
    const header = await file.read(at, 10);
    const marker = header[1] ?? 0;
    if (header[0] !== 0xff) break;
    // Fill bytes may stand before a marker: §B.1.1.2.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const colour = header.readUInt8(9) === 1 ? "grey" : "colour";
      return [{ colour, width: 21000, height: 29700 }];
    }
    at += 2 + header.readUInt16BE(2);
  }
  throw new UnreadableError("document-format-error", "The JPEG has no picture.");
}
