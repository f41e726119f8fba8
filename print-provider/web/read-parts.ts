/** One part of a form: a field, or a file in pieces, which must be read before the next part. */
export interface FormPart {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly body: AsyncGenerator<Uint8Array, void, undefined>;
}

/** What came is not a form as browsers send them, or it broke off. */
export class FormBroken extends Error {
  override readonly name = "FormBroken";
}

const headBytesMost = 4_096;
const partsMost = 16;

/** The boundary that a `Content-Type` names; undefined where it is no form with files. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
      contentType ?? "",
    ) ?? [];
  return quoted ?? plain;
}

/**
 * Reads a form with files as it comes in (RFC 7578), holding no more of it than one piece. Throws
 * FormBroken, and what the source throws.
 */
export async function* readParts(
  source: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<FormPart, void, undefined> {
  const pieces = source[Symbol.asyncIterator]();
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  // The first boundary has no line before it.
  let held: Buffer = Buffer.from("\r\n");
  const more = async (): Promise<void> => {
    const next = await pieces.next();
    if (next.done === true) throw new FormBroken("The form broke off.");
    held = held.length === 0 ? Buffer.from(next.value) : Buffer.concat([held, next.value]);
  };
  async function* body(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const end = held.indexOf(delimiter);
      if (end >= 0) {
        const last = held.subarray(0, end);
        held = held.subarray(end + delimiter.length);
        if (last.length > 0) yield last;
        return;
      }
      // A boundary may have come in part.
      const sure = held.length - delimiter.length + 1;
      if (sure > 0) {
        const piece = held.subarray(0, sure);
        held = held.subarray(sure);
        yield piece;
      }
      await more();
    }
  }
  const head = async (): Promise<string | undefined> => {
    while (held.length < 2) await more();
    if (held.toString("latin1", 0, 2) === "--") return undefined;
    for (;;) {
      const end = held.indexOf("\r\n\r\n");
      if (end > headBytesMost || (end < 0 && held.length > headBytesMost))
        throw new FormBroken("A part of the form has too long a head.");
      if (end >= 0) {
        const text = held.toString("utf8", 0, end);
        held = held.subarray(end + 4);
        return text;
      }
      await more();
    }
  };

  for await (const before of body())
    if (before.length > 0) throw new FormBroken("The form does not begin with its boundary.");
  for (let count = 0; ; count += 1) {
    const text = await head();
    if (text === undefined) return;
    if (count >= partsMost) throw new FormBroken("The form has too many parts.");
    const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(text)?.[1] ?? "";
    const own = body();
    yield {
      name: parameterOf(disposition, "name") ?? "",
      fileName: parameterOf(disposition, "filename"),
      body: own,
    };
    for await (const _ of own);
  }
}

/** Browsers write `"` as %22 and line ends as %0D%0A (HTML, multipart/form-data encoding algorithm). */
function parameterOf(disposition: string, name: string): string | undefined {
  const [, value] = new RegExp(`(?:^|[;\\s])${name}="([^"]*)"`, "i").exec(disposition) ?? [];
  return value?.replace(/%22/g, '"').replace(/%0[ad]/gi, " ");
}

/** A field's text. Throws FormBroken for one that is longer than `most` bytes. */
export async function textOf({ body }: FormPart, most: number): Promise<string> {
  let bytes = Buffer.alloc(0);
  for await (const piece of body) {
    bytes = Buffer.concat([bytes, piece]);
    if (bytes.length > most) throw new FormBroken("A field of the form is too long.");
  }
  return bytes.toString("utf8");
}
